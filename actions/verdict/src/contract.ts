import * as z from "zod";
import { defineContract, sharedOutputs } from "#src/contract/action-contract";
import { githubToken, optionalText, records, releaseMode } from "#src/contract/fields";

/** Source of truth: action.yml and the README tables are generated from this. */
export const contract = defineContract({
  stage: "verdict",
  question: "What is the outcome, and can a stranger check it?",
  inputs: z.strictObject({
    "release-mode": releaseMode(),
    records: records(),
    results: optionalText().describe(
      "The workflow's `needs` context as JSON (`toJSON(needs)`), which tells why a stage left no record; may hold another one inside.",
    ),
    "github-token": githubToken().describe("Token with `contents: write` for the GitHub release; read in a rehearsal."),
  }),
  outputs: z.strictObject({
    ...sharedOutputs,
    "release-verdict": z
      .string()
      .default("Aborted")
      .describe("`Released`, `Released-with-override`, `Rolled-Back` or `Aborted`; empty where there is no release."),
    reason: z.string().default("verdict.undetermined").describe("Reason code that decided the outcome."),
    report: z.string().default("").describe("Name of the artifact that holds report.html, report.md and verdict.json."),
    "plan-digest": z
      .string()
      .default("")
      .describe("Digest of all planned writes; a live run's equals that of its rehearsal."),
  }),
  ledger: "tolerant",
});
