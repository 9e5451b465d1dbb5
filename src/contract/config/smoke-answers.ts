import * as z from "zod";
import { jsonPointer } from "#src/contract/config/fields";

/** What must hold of an HTTP answer. */
export const answerExpectation = z
  .strictObject({
    status: z.int().min(100).max(599).default(200).describe("Code of the answer."),
    contains: z.array(z.string().min(1)).default([]).describe("Texts that the body must contain."),
    version: z
      .boolean()
      .default(false)
      .describe("Whether the body must contain the released version as a whole token."),
    json: z
      .array(
        z.strictObject({
          pointer: jsonPointer().describe("JSON pointer into the body."),
          equals: z.json().describe("The value that must stand there."),
        }),
      )
      .default([])
      .describe("Values that the body must hold, by JSON pointer."),
  })
  .describe("What must hold of the answer.");

/** What an HTTP answer is expected to be. */
export type AnswerPolicy = z.infer<typeof answerExpectation>;
