import * as z from "zod";
import {
  commandLine,
  duration,
  identifier,
  repositoryGlob,
  repositoryPath,
  uniqueById,
} from "#src/contract/config/fields";
import { publishingOf, publishingSection } from "#src/contract/config/publishing";
import { imagePattern } from "#src/domain/image-name";

const shared = {
  id: identifier().describe("Id of the channel."),
  required: z.boolean().default(true).describe("An optional channel is reported and never decides."),
};

const npm = z.strictObject({
  ...shared,
  kind: z.literal("npm").describe("A package on the registry that the npm client is configured for."),
  package: z.string().min(1).describe("Name of the package."),
  publishing: publishingSection.optional(),
  deadline: duration().default("15m").describe("How long the version may take to become visible after the upload."),
});

const cargo = z.strictObject({
  ...shared,
  kind: z.literal("cargo").describe("A crate on a registry that cargo is configured for."),
  package: z.string().min(1).describe("Name of the crate."),
  registry: z
    .string()
    .regex(/^[A-Za-z0-9_-]+$/, "expected a registry's name as in cargo's configuration")
    .optional()
    .describe("Name of the registry in cargo's own configuration; cargo's default where absent."),
  publishing: publishingSection.optional(),
  deadline: duration().default("5m").describe("How long the version may take to become visible after the upload."),
});

const go = z.strictObject({
  ...shared,
  kind: z.literal("go").describe("A Go module, as the go command finds it by its own configuration."),
  package: z
    .string()
    .regex(/^[^\s@]+$/, "expected a module's path, such as example.com/tide/v2")
    .describe("Path of the module, with the suffix of its major version from 2 on."),
  deadline: duration().default("10m").describe("How long the version may take to become visible after the tag."),
});

const pypi = z.strictObject({
  ...shared,
  kind: z.literal("pypi").describe("A Python project on the index that pip is configured for."),
  package: z
    .string()
    .regex(/^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/, "expected a project's name as Python packages spell it")
    .describe("Name of the project, in any of its spellings."),
  publishing: publishingOf.pypi.optional(),
  deadline: duration().default("10m").describe("How long the version may take to become visible after the upload."),
});

const gitTag = z.strictObject({
  ...shared,
  kind: z.literal("git-tag").describe("Users take the repository at the tag, as they do with GitHub Actions."),
  deadline: duration().default("2m").describe("How long the tag may take to be served."),
});

const oci = z.strictObject({
  ...shared,
  kind: z.literal("oci").describe("An image on the registry whose host its name begins with."),
  image: z
    .string()
    .regex(imagePattern, "expected the name of an image with its host, and without a tag")
    .describe("Name of the image with its host and without a tag, such as `localhost:5000/team/app`."),
  "tag-prefix": z
    .string()
    .regex(/^([A-Za-z0-9_][A-Za-z0-9_.-]*)?$/, "expected a text that tags may begin with")
    .default("")
    .describe("What stands before the version in the image's tags, such as `v`."),
  floating: z
    .array(z.enum(["latest", "major", "minor"]))
    .default(["latest"])
    .describe(
      "Tags that move on with each stable version: `latest`, and those of its `major` (`1`) and `minor` (`1.4`).",
    ),
  publishing: publishingOf.oci.optional(),
  deadline: duration().default("2m").describe("How long the image may take to be served after the push."),
});

const builtFiles = () =>
  z
    .array(repositoryGlob())
    .min(1)
    .default(["**"])
    .describe("Names of built files, as globs, that users get here; images and files of the tree are left out.");

const updater = z
  .strictObject({
    platforms: z
      .array(z.string().min(1))
      .min(1)
      .describe("Systems on which the program updates itself, as names of assets spell them, such as `linux_amd64`."),
    asset: z
      .string()
      .regex(/\{platform\}/, "expected a name with {platform}")
      .describe("Name of the asset that it takes, such as `tide_{version}_{platform}.tar.gz`."),
    sums: z
      .string()
      .min(1)
      .describe("Name of the built list of checksums that it asks first, such as `checksums.txt`."),
    url: z
      .string()
      .regex(/\{name\}/, "expected an address with {name}")
      .default("{server}/{repository}/releases/download/{tag}/{name}")
      .describe("Address that it takes both from, with `{server}`, `{repository}`, `{tag}`, `{version}` and `{name}`."),
    timeout: duration().default("30s").describe("How long the list may take to be there."),
  })
  .describe("How the program updates itself: what it would take is downloaded and compared.");

const githubRelease = z.strictObject({
  ...shared,
  kind: z
    .literal("github-release")
    .describe(
      "The assets of the GitHub release that the workflow's own job publishes; with `report.github-release: false`, as the verdict then writes none.",
    ),
  files: builtFiles(),
  updater: updater.optional(),
  deadline: duration().default("2m").describe("How long the release may take to be served."),
});

const command = z.strictObject({
  ...shared,
  kind: z.literal("command").describe("Any other place: a command of the project says what is served there."),
  run: commandLine().describe(
    "Command that prints what is served as JSON, run in a clone of the released commit with RELEASE_VERSION and RELEASE_TAG. Any exit code but 0 means that it cannot be told.",
  ),
  preflight: commandLine()
    .optional()
    .describe(
      "Command that prints as JSON whether the credential of the job is good, run like `run` and with the variables in `variables`; it must not publish anything.",
    ),
  variables: z
    .array(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "expected the name of a variable"))
    .min(1)
    .optional()
    .describe("Variables of the job that `preflight` gets, such as the one with the token. Each has to be set."),
  files: builtFiles(),
  pointers: z
    .array(z.string().min(1))
    .default([])
    .describe("Names in the `pointers` of the answer that must stand for the newest stable version, such as `latest`."),
  timeout: duration().default("1m").describe("How long one look may take."),
  deadline: duration().default("10m").describe("How long the version may take to be served after the upload."),
});

const homebrew = z.strictObject({
  ...shared,
  kind: z.literal("homebrew").describe("A Homebrew formula that installs the built archives."),
  formula: repositoryPath().describe("The formula's file, such as `Formula/tide.rb`."),
  tap: z
    .string()
    .regex(/^[^/\s]+\/[^/\s]+$/, "expected a repository as owner/name")
    .optional()
    .describe("Repository of the tap, as `owner/name`; this repository where absent."),
  archive: z
    .string()
    .min(1)
    .optional()
    .describe(
      "Name of the archive that the formula installs, such as `tide_{version}_{platform}.tar.gz`; wanted where a platform has several.",
    ),
  url: z
    .string()
    .min(1)
    .default("{server}/{repository}/releases/download/{tag}/{name}")
    .describe(
      "Address of an archive, with `{server}`, `{repository}`, `{tag}`, `{version}`, `{platform}` and `{name}`; an asset of the GitHub release where absent.",
    ),
  sums: z
    .string()
    .min(1)
    .optional()
    .describe("Name of the built file that lists the checksums which users compare, such as `checksums.txt`."),
  deadline: duration().default("10m").describe("How long the formula and its archives may take to be served."),
});

/** One place users get the product from. */
export const channelSchema = z.discriminatedUnion("kind", [
  npm,
  pypi,
  cargo,
  go,
  oci,
  githubRelease,
  homebrew,
  command,
  gitTag,
]);

/** All places users get the product from. */
export const channelsSection = uniqueById(channelSchema).default([]).describe("Places users get the product from.");

/** A channel of the configuration. */
export type ChannelPolicy = z.infer<typeof channelSchema>;

/** How a program that is released on GitHub updates itself. */
export type UpdaterPolicy = z.infer<typeof updater>;
