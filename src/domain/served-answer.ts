import * as z from "zod";

/** What the command of a channel prints: one JSON object. Unknown keys are errors, as a misspelt one would say nothing. */
export const servedAnswerSchema = z.strictObject({
  version: z
    .string()
    .min(1)
    .nullable()
    .describe(
      "Version that the channel serves when it is asked for RELEASE_VERSION; null where it answers that there is none.",
    ),
  files: z
    .array(
      z.strictObject({
        name: z.string().min(1).describe("Name of the built file."),
        sha256: z
          .string()
          .regex(/^[0-9a-f]{64}$/)
          .describe("SHA-256 of the bytes that users get, in hexadecimal."),
        size: z.int().nonnegative().default(0).describe("Size in bytes; for the record alone."),
      }),
    )
    .default([])
    .describe("Every file that is served for the version."),
  pointers: z
    .record(z.string(), z.string())
    .default({})
    .describe("Names that stand for a version, such as `latest`, each with the version."),
  withdrawn: z
    .union([z.literal(false), z.string().min(1)])
    .default(false)
    .describe("Why the version is withdrawn, such as `yanked`; false where it is not."),
  accepted: z
    .union([z.literal(false), z.string().min(1)])
    .default(false)
    .describe("What trace there is of a version that was accepted and is not served yet; false where there is none."),
});
