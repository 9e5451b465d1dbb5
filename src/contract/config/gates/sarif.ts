import * as z from "zod";
import { repositoryPath } from "#src/contract/config/fields";
import {
  executionFields,
  files,
  findingExits,
  gateFields,
  producer,
  selfTest,
} from "#src/contract/config/gates/fields";

/** A gate that reads what static analysis found. */
export const sarifGate = z.strictObject({
  ...gateFields,
  kind: z.literal("sarif").describe("Reads what scanners found, in SARIF 2.1.0."),
  run: producer("the logs"),
  files: files("SARIF logs"),
  "finding-exits": findingExits(),
  ...executionFields,
  level: z.enum(["error", "warning", "note"]).default("warning").describe("Least level of a result that blocks."),
  baseline: repositoryPath()
    .optional()
    .describe("SARIF log of results that are known: one of the same rule with a fingerprint in common does not block."),
  "self-test": selfTest("file or glob"),
});
