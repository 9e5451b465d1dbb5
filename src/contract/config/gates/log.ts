import * as z from "zod";
import { reason } from "#src/contract/config/gates/accepted";
import { executionFields, files, gateFields, producer, selfTest } from "#src/contract/config/gates/fields";

/** A gate that looks for words in logs. */
export const logGate = z.strictObject({
  ...gateFields,
  kind: z.literal("log").describe("Looks for warnings and errors in logs that the tests leave."),
  run: producer("the logs"),
  files: files("logs"),
  ...executionFields,
  words: z
    .array(z.string().min(1))
    .min(1)
    .default(["WARNING", "ERROR"])
    .describe("Words that no line may hold, as they are spelt."),
  allowed: z
    .array(
      z.strictObject({
        text: z.string().min(1).describe("Text that the line contains."),
        reason: reason(),
      }),
    )
    .default([])
    .describe("Lines that are expected."),
  "self-test": selfTest("file or glob"),
});
