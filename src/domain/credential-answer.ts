import * as z from "zod";

const ability = z.enum(["automatic", "person", "impossible"]);

/** What the `preflight` command of a channel prints: one JSON object. Unknown keys are errors, as a misspelt one would say nothing. */
export const credentialAnswerSchema = z.strictObject({
  credential: z
    .enum(["ready", "bad", "unknown"])
    .describe("Whether the job's credential is good; `unknown` where nobody can tell."),
  because: z.string().min(1).describe("What was seen, in a sentence."),
  undo: z
    .strictObject({ withdraw: ability, repoint: ability })
    .optional()
    .describe(
      "Who can `withdraw` a version, and who can `repoint` what users get by default: a job by itself (`automatic`), only a `person`, or nobody (`impossible`). Unknown where absent.",
    ),
});
