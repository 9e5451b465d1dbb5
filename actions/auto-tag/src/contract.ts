import * as z from "zod";
import { defineContract, sharedOutputs } from "#src/contract/action-contract";
import { githubToken, records, releaseMode } from "#src/contract/fields";

/** Source of truth: action.yml and the README tables are generated from this. */
export const contract = defineContract({
  stage: "auto-tag",
  question: "Does exactly one tag name this version on the gated commit?",
  inputs: z.strictObject({
    "release-mode": releaseMode(),
    records: records(),
    "github-token": githubToken().describe(
      "Token with `contents: write`. Tag rules that restrict creation need the token of an app they let through.",
    ),
  }),
  outputs: z.strictObject({
    ...sharedOutputs,
    tag: z.string().default("").describe("Name of the tag; empty where the stage did not pass."),
    "tag-object": z
      .string()
      .default("")
      .describe("Id of the object that the tag names; empty in a rehearsal that would create it."),
    state: z
      .string()
      .default("unknown")
      .describe("`created`, `already` (it was there, on the same commit), or `planned` (rehearsal)."),
  }),
  ledger: "strict",
});
