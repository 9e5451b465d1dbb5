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
    failed: z.string().default("0").describe("How many scenarios did not pass, advisory ones included."),
  }),
  ledger: "strict",
});
