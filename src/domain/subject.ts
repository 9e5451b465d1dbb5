import * as z from "zod";

/** An artifact by name and digest, as an in-toto resource descriptor: hexadecimal digests by algorithm. */
export const subjectSchema = z.strictObject({
  name: z.string().describe("Name of the artifact, such as a file name or a package with its version."),
  digest: z
    .record(z.string(), z.string())
    .describe("Hexadecimal digests by algorithm (`sha256`, `sha512`, `gitCommit`)."),
});

/** What was judged. */
export type Subject = z.infer<typeof subjectSchema>;
