import * as z from "zod";
import { executionFields, files, gateFields, producer, selfTest } from "#src/contract/config/gates/fields";

const testName = () => z.string().min(1);

/** A gate that reads what test runners reported in JUnit's XML. */
export const junitGate = z.strictObject({
  ...gateFields,
  kind: z.literal("junit").describe("Reads test reports in JUnit's XML; every executed test must have passed."),
  run: producer("the reports"),
  files: files("the test reports"),
  ...executionFields,
  "min-executed": z.int().positive().default(1).describe("Least number of tests that must have been executed."),
  "max-skipped": z.int().nonnegative().optional().describe("Largest number of tests that may have been skipped."),
  "required-tests": z
    .array(testName())
    .default([])
    .describe("Tests that must have been executed and have passed, as `class::name` or by the name alone."),
  "must-run": z
    .boolean()
    .default(false)
    .describe("Whether the tests that `tiers.areas` require for what has changed count as required here."),
  "self-test": selfTest("file or glob"),
});
