import * as z from "zod";

/** Name of the plan's attachment that lists what its audits found worth an issue; the filing run reads it. */
export const issuesToFileAttachment = "issues-to-file.json";

const draft = z.strictObject({
  fingerprint: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe("Tells two drafts of the same thing: `fingerprintOf`."),
  title: z.string().min(1),
  body: z.string().describe("Markdown without a marker; untrusted text in it is escaped already."),
  labels: z.array(z.string().min(1)),
  fixed: z
    .string()
    .min(1)
    .optional()
    .describe("Markdown: why it is closed as soon as it is filed, and what shows it; it stays open where absent."),
});
const closing = z.strictObject({
  number: z.int().positive(),
  comment: z.string().min(1).describe("Markdown: why it is closed, and what shows it."),
});

/** What a stage without the right to write wants filed and closed. A draft whose fingerprint an issue bears is not filed again. */
export const issuesToFileSchema = z.strictObject({ file: z.array(draft), close: z.array(closing) });

/** An issue to file. */
export type IssueDraft = z.infer<typeof draft>;

/** Issues to file and to close. */
export type IssuesToFile = z.infer<typeof issuesToFileSchema>;
