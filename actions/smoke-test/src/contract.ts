import * as z from "zod";
import { defineContract, sharedOutputs } from "#src/contract/action-contract";
import { records, releaseMode } from "#src/contract/fields";

/** Source of truth: action.yml and the README tables are generated from this. */
export const contract = defineContract({
  stage: "smoke-test",
  question: "Does the published product work from a clean place?",
  inputs: z.strictObject({
    "release-mode": releaseMode(),
    records: records(),
    mode: z
      .enum(["try", "collect"])
      .default("try")
      .describe("`try` tries the scenarios; `collect` joins what the jobs of several systems have found."),
    system: z
      .string()
      .trim()
      .regex(/^([A-Za-z0-9][\w.-]{0,59})?$/, "expected the name of a system, as in `smoke.systems`")
      .default("")
      .describe("In the mode `try`: the one of `smoke.systems` that this job runs on; empty where there is only one."),
    "github-token": z
      .string()
      .trim()
      .default("")
      .meta({ secret: true, actionDefault: "${{ github.token }}" })
      .describe("Token with `contents: read`, for scenarios that clone the repository; public ones need none."),
  }),
  outputs: z.strictObject({
    ...sharedOutputs,
    passed: z.string().default("0").describe("How many scenarios passed."),
    legs: z
      .string()
      .default("")
      .describe("In the mode `collect`: records of the jobs of all systems, one a line, for the stages that follow."),
    recommendation: z
      .string()
      .default("unknown")
      .describe("`rollback` where a required scenario failed, `none` after a pass, `unknown` where it cannot be told."),
    reason: z
      .string()
      .default("")
      .describe(
        "Why: the scenario by its id, and what it found, as one line. It holds text of the product: hand it to a shell as environment only.",
      ),
    failed: z.string().default("0").describe("How many scenarios did not pass, advisory ones included."),
  }),
  leg: ({ mode, system }) => (mode === "try" ? system : ""),
  ledger: "strict",
});
