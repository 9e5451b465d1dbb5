import * as z from "zod";
import { defineContract, sharedOutputs } from "#src/contract/action-contract";
import { githubToken, optionalText, records, releaseMode } from "#src/contract/fields";

/** Source of truth: action.yml and the README tables are generated from this. */
export const contract = defineContract({
  stage: "auto-tag",
  question: "Does exactly one tag name this version on the gated commit, and did the next run start?",
  inputs: z.strictObject({
    "release-mode": releaseMode(),
    records: records(),
    "github-token": githubToken().describe(
      "Token with `contents: write`, and `actions: write` where `tag.next` dispatches a workflow.",
    ),
    "tag-token": optionalText()
      .meta({ secret: true })
      .describe(
        "Token of an app that writes the tag: for rules that restrict tags, and for `tag.next.mode: token`, as its pushes start workflows.",
      ),
    "signing-key": optionalText()
      .meta({ secret: true })
      .describe("Private key that signs the tag (SSH or OpenPGP, without passphrase), or the path of a file with it."),
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
      .describe(
        "`created`, `already` (it was there, on the same commit), `planned` (rehearsal), or `left-out` (channel).",
      ),
    next: z
      .string()
      .default("")
      .describe(
        "`started` or `adopted` (a run goes on), or `planned` (rehearsal); empty where no other run is needed.",
      ),
    "run-id": z.string().default("").describe("Id of the run that goes on; set as soon as it is known."),
    "run-url": z.string().default("").describe("Page of the run that goes on."),
  }),
  ledger: "strict",
});
