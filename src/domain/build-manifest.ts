import * as z from "zod";
import { fullSha } from "#src/domain/release";

/** Name of the attachment that holds the manifest, in the artifact of build-manifest. */
export const manifestAttachment = "manifest.json";

/** Folder of the attachments that hold the built files themselves. */
export const filesFolder = "files";

/** Folder of the attachments that hold Go modules which stand in the tree, each packed as a proxy would serve it. */
export const modulesFolder = "modules";

/** What a built file may be; each kind is opened and judged in its own way. */
export const builtKinds = [
  "npm",
  "git-tree",
  "archive",
  "wheel",
  "sdist",
  "crate",
  "go-module",
  "image",
  "formula",
  "file",
] as const;

/** Folder of the attachments that hold images as OCI layouts; unlike the files, they are no assets of a GitHub release. */
export const imagesFolder = "images";

const builtFileSchema = z.strictObject({
  name: z
    .string()
    .min(1)
    .describe(
      "File name; for a file of the repository's tree its path, for an image its repository path without a host, and `module@version` for a Go module of the tree.",
    ),
  kind: z
    .enum(builtKinds)
    .describe(
      "What it is: a tarball of npm, a file of the tag's tree, an archive (gzipped tar or zip), a wheel, an sdist, a crate, a Go module, an image or the index over its platforms, a Homebrew formula, or any other file.",
    ),
  package: z
    .string()
    .nullable()
    .describe("Name that the package, crate, module or formula gives itself; null where there is none."),
  platform: z
    .string()
    .min(1)
    .nullable()
    .describe(
      "Platform that it is for, as the project names it, such as `linux_amd64`, for an image `linux/amd64`; null where it is for all.",
    ),
  size: z.int().nonnegative().describe("Size in bytes."),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe("SHA-256 in hexadecimal."),
  sha512: z
    .string()
    .regex(/^[0-9a-f]{128}$/)
    .describe("SHA-512 in hexadecimal; npm's integrity holds the same digest in base64."),
  mode: z
    .string()
    .regex(/^[0-7]{3,4}$/)
    .describe("Permission bits in octal, such as `644`."),
  registry: z
    .string()
    .min(1)
    .nullable()
    .describe(
      "Digest as the registry writes it where that is another one: `h1:` of a Go module, `sha256:` of an image's manifest; null elsewhere.",
    ),
});

const builtWithSchema = z.strictObject({
  id: z.string().min(1).describe("Id of the tool."),
  version: z.string().min(1).describe("Version that the plan pins it to."),
  said: z.string().describe("What the tool said of itself in the job that built, up to 200 characters of it."),
});

/** What a build made, file by file, and what it was made from. */
export const buildManifestSchema = z.strictObject({
  schema: z.literal("seaworthy-build-manifest/1").describe("Format of the manifest."),
  tag: z.string().describe("Tag that names the release."),
  version: z.string().describe("Version without prefix."),
  commit: z.string().regex(fullSha).describe("Commit that was checked out when the files were built."),
  run: z.string().describe("Id of the run that built them."),
  workflow: z
    .string()
    .describe("Workflow that built them, as `owner/name/path@ref`; empty where the runner did not tell."),
  toolchain: z
    .array(builtWithSchema)
    .default([])
    .describe("The pinned tools that it was built with, sorted by id; empty where the configuration pins none."),
  files: z.array(builtFileSchema).min(1).describe("The built files, sorted by name and platform."),
});

/** A build's manifest. */
export type BuildManifest = z.infer<typeof buildManifestSchema>;

/** A tool that a build was made with. */
export type BuiltWith = BuildManifest["toolchain"][number];

/** One built file of a manifest. */
export type BuiltFile = BuildManifest["files"][number];
