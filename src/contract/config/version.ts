import * as z from "zod";
import { defaultSources, sourceField } from "#src/contract/config/version-sources";

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
