import * as z from "zod";
import { commandLine, identifier, uniqueById, words } from "#src/contract/config/fields";
import { failsAs } from "#src/contract/config/gates/fails-as";
import { executionFields, gateFields, selfTest } from "#src/contract/config/gates/fields";

const minExecuted = () =>
  z
    .int()
    .positive()
    .optional()
    .describe(
      "Least number of tests that the command must have executed, counted from the closing lines of its test runners.",
    );

const unrun = "expected `run`, whose tests are counted";

const part = z.strictObject({
  id: identifier().describe("Id of the part; its own check is `<gate>:<part>`."),
  title: z.string().min(1).optional().describe("The part as a sentence; the id where absent."),
  run: commandLine()
    .optional()
    .describe(
      "Command line of the part; without it, the gate's `run` tells by a line `part <id>: passed` or `failed`.",
    ),
  "min-executed": minExecuted(),
  "fails-as": failsAs(),
  "not-applicable": words(10).optional().describe("Why the part has nothing to judge."),
});

/** A gate that runs a command of the project. */
export const commandGate = z
  .strictObject({
    ...gateFields,
    kind: z.literal("command").describe("Runs a command; exit code 0 passes."),
    run: commandLine()
      .optional()
      .describe("Command line, run by `bash -eo pipefail` in the checkout; may be left out where each part has one."),
    parts: uniqueById(part)
      .default([])
      .describe("Parts with a result each, none of which can vanish: the gate passes when all of them do."),
    ...executionFields,
    "min-executed": minExecuted(),
    "self-test": selfTest("command line"),
  })
  .superRefine(({ run, parts, "min-executed": least }, context) => {
    const uncounted = parts.findIndex((one) => one.run === undefined && one["min-executed"] !== undefined);
    if (uncounted !== -1) {
      context.addIssue({ code: "custom", path: ["parts", uncounted, "min-executed"], message: unrun });
    }
    if (run !== undefined) return;
    if (least !== undefined) context.addIssue({ code: "custom", path: ["min-executed"], message: unrun });
    const open = parts.findIndex((one) => one.run === undefined && one["not-applicable"] === undefined);
    const runs = parts.some((one) => one.run !== undefined);
    const path = open === -1 ? ["run"] : ["parts", open, "run"];
    if (open !== -1 || !runs) context.addIssue({ code: "custom", path, message: "expected a command line" });
  });

/** A part of a gate. */
export type PartPolicy = z.infer<typeof part>;
