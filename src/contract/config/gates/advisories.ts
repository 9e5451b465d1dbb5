import * as z from "zod";
import { duration } from "#src/contract/config/fields";
import { expiry, reason } from "#src/contract/config/gates/accepted";
import { executionFields, files, gateFields, producer, selfTest } from "#src/contract/config/gates/fields";

const exception = z.strictObject({
  id: z
    .string()
    .min(1)
    .describe("Id of the advisory or an alias of it, or the name of a dependency that the tool could not assess."),
  reason: reason(),
  expires: expiry(),
});

/** A gate that reads what a tool found about the dependencies. */
export const advisoriesGate = z.strictObject({
  ...gateFields,
  kind: z.literal("advisories").describe("Reads which advisories a tool found against the dependencies."),
  format: z
    .enum(["npm-audit", "cargo-audit", "pip-audit", "govulncheck"])
    .describe(
      "Tool whose JSON output the files hold: `npm audit --json`, `cargo audit --json`, `pip-audit -f json`, `govulncheck -json`.",
    ),
  run: producer("the output"),
  files: files("the tool's outputs"),
  ...executionFields,
  severity: z
    .enum(["low", "moderate", "high", "critical"])
    .default("high")
    .describe("Least severity that blocks; an advisory whose severity nobody knows always does."),
  "database-age": duration()
    .default("168h")
    .describe("Largest age of the tool's own database, for tools that tell it: cargo-audit and govulncheck."),
  exceptions: z.array(exception).default([]).describe("Advisories that are accepted until a day."),
  "self-test": selfTest("file or glob"),
});
