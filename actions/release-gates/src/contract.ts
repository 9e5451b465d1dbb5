import * as z from "zod";
import { defineContract, sharedOutputs } from "#src/contract/action-contract";
import { optionalText, records, releaseMode } from "#src/contract/fields";

/** Source of truth: action.yml and the README tables are generated from this. */
export const contract = defineContract({
  stage: "release-gates",
  question: "May this candidate be released?",
  inputs: z.strictObject({
    "release-mode": releaseMode(),
    records: records(),
    gate: z
      .string()
      .trim()
      .regex(/^[a-z0-9-]{0,60}$/, "expected the id of a gate: lower-case letters, digits and hyphens")
      .default("")
      .describe("Id of the one gate that this job runs, as a leg of a matrix; empty collects the legs of all gates."),
    "github-token": optionalText()
      .meta({ secret: true })
      .describe(
        "Token with `checks: read` (and `statuses: read`, where commit statuses count), for gates of kind `checks`; other gates need none.",
      ),
  }),
  outputs: z.strictObject({ ...sharedOutputs }),
  legInput: "gate",
  ledger: "strict",
});
