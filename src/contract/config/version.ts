import * as z from "zod";
import { branch } from "#src/contract/config/fields";
import { defaultSources, sourceField } from "#src/contract/config/version-sources";

const line = z.strictObject({
  versions: z
    .string()
    .regex(/^(0|[1-9]\d*)\.((0|[1-9]\d*)\.)?x$/, "expected a line such as 1.x or 1.4.x")
    .describe("Versions of the line, such as `1.4.x` or `1.x`."),
  branch: branch.describe("Branch of the remote that a release of the line must be on."),
});

/** Where the version stands, and how tags are named after it. */
export const versionSection = z.strictObject({
  sources: z
    .array(sourceField)
    .min(1)
    .default(defaultSources)
    .describe("Every place that holds the version; all must agree, and the first one declares it."),
  "tag-pattern": z
    .string()
    .regex(/^[^{}\s]*\{version\}[^{}\s]*$/, "expected `{version}` exactly once")
    .default("v{version}")
    .describe("Name of the tag; `{version}` stands for the version."),
  base: z
    .enum(["previous-tag", "explicit"])
    .default("previous-tag")
    .describe("How the release before is found: the highest tag below the version, or the `base-tag` input."),
  "first-release": z
    .boolean()
    .default(false)
    .describe("Says that no release went before; without it, a missing base tag blocks."),
  lines: z
    .array(line)
    .default([])
    .describe(
      "Maintenance lines. A version of one is compared with its line alone, and does not become the latest where a higher one is released; the narrowest line counts.",
    ),
  "bump-message": z
    .string()
    .regex(/^[^{}]*\{version\}[^{}]*$/, "expected `{version}` exactly once")
    .optional()
    .describe("Subject of the commit that sets the version, such as `chore: bump version to {version}`."),
  "bump-message-rule": z
    .enum(["report", "block"])
    .default("report")
    .describe("What it means when no commit since the release before has that subject."),
  "untagged-version": z
    .enum(["block", "release"])
    .default("block")
    .describe("What a push means that leaves the version as it was, while the version's tag does not exist."),
  "skipped-versions": z
    .enum(["report", "block"])
    .default("report")
    .describe("What stable versions mean that a push sets and leaves again; only its last one is released."),
  "pre-releases": z
    .enum(["skip", "release"])
    .default("skip")
    .describe("What a push to a pre-release version means: nothing to release, or a release like any other."),
});
