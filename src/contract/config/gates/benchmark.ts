import * as z from "zod";
import { commandLine } from "#src/contract/config/fields";
import { reason } from "#src/contract/config/gates/accepted";
import { executionFields, gateFields } from "#src/contract/config/gates/fields";

const field = () => z.string().min(1);
const fieldValue = () => z.union([z.string(), z.number(), z.boolean()]);

/** A gate that compares the speed of the candidate with that of the release before, on one host. */
export const benchmarkGate = z.strictObject({
  ...gateFields,
  kind: z.literal("benchmark").describe("Measures base and candidate in turns on this host, and compares the medians."),
  prepare: commandLine().optional().describe("Command line that builds, run once in the worktree of each side."),
  run: commandLine().describe(
    "Command line that measures once, and writes JSON results to the file `$SEAWORTHY_RESULTS`: an array, or one object a line.",
  ),
  ...executionFields,
  base: z.string().min(1).optional().describe("Tag to compare with; the plan's base where absent."),
  runs: z.int().min(1).max(50).default(3).describe("How often each side is measured."),
  key: z.array(field()).min(1).describe("Fields of a result that together name its scenario."),
  value: field().describe("Field of a result that holds the measured number; less is better."),
  only: z
    .record(field(), z.array(fieldValue()).min(1))
    .default({})
    .describe("Which results count: for each field, the values that it may have."),
  threshold: z
    .number()
    .positive()
    .default(15)
    .describe("By how many per cent the median may grow at most; at it, a scenario has regressed."),
  "noise-floor": z
    .number()
    .nonnegative()
    .default(0.0001)
    .describe("Medians of both sides below this number are noise, in the unit of the results."),
  "blocking-floors": z
    .array(
      z.strictObject({
        scenario: z.record(field(), fieldValue()).describe("Fields with the values that the scenario has."),
        floor: z.number().positive().describe("Median of the base below which a growth does not block."),
      }),
    )
    .default([])
    .describe("Scenarios that are too quick to block by, while the base is below a floor."),
  removed: z
    .array(
      z.strictObject({
        scenario: z.string().min(1).describe("Key of the scenario, as the report shows it."),
        reason: reason(),
      }),
    )
    .default([])
    .describe("Scenarios that were taken out on purpose; any other that vanishes fails."),
});
