import * as z from "zod";
import { buildManifestSchema } from "#src/domain/build-manifest";
import { digestPattern } from "#src/domain/digest";
import { releaseSchema } from "#src/domain/release";
import { targetManifestSchema } from "#src/domain/target-manifest";

/** Name of the asset, and of the verdict's attachment, that says what was verified. */
export const verifiedAsset = "verified.json";

/** What was verified of a release, so that it can be verified again when nothing else of its run is left. */
export const verifiedReleaseSchema = z.strictObject({
  schema: z.literal("seaworthy-verified/1").describe("Format of the document."),
  release: releaseSchema
    .extend({
      tag: z.string().describe("Tag that names the version."),
      version: z.string().describe("Version without prefix."),
    })
    .describe("Which release it speaks of."),
  policy: z.string().regex(digestPattern).describe("Digest of the configuration that was applied."),
  config: z.record(z.string(), z.unknown()).describe("The configuration that was applied, with its defaults."),
  targets: targetManifestSchema
    .nullable()
    .describe("The platforms that it was built for; null where none are declared."),
  files: buildManifestSchema.shape.files,
});

/** What was verified of a release. */
export type VerifiedRelease = z.infer<typeof verifiedReleaseSchema>;
