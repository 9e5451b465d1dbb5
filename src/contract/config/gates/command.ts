import * as z from "zod";
import { commandLine } from "#src/contract/config/fields";
import { executionFields, gateFields, selfTest } from "#src/contract/config/gates/fields";

/** A gate that runs a command of the project. */
export const commandGate = z.strictObject({
  ...gateFields,
  kind: z.literal("command").describe("Runs a command; exit code 0 passes."),
  run: commandLine().describe("Command line, run by `bash -eo pipefail` in the checkout."),
  ...executionFields,
  "min-executed": z
    .int()
    .positive()
    .optional()
    .describe(
      "Least number of tests that the command must have executed, counted from the closing lines of its test runners.",
    ),
  "self-test": selfTest("command line"),
});
