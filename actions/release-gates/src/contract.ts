import * as z from "zod";
import { defineContract, sharedOutputs } from "#src/contract/action-contract";
import { assignments, optionalText, records, releaseMode } from "#src/contract/fields";
import { approvalLeg } from "#src/domain/approval";
import { filingLegFor } from "./blockers/filing-leg.ts";

/** Source of truth: action.yml and the README tables are generated from this. */
export const contract = defineContract({
  stage: "release-gates",
  question: "May this candidate be released?",
  inputs: z.strictObject({
    "release-mode": releaseMode(),
    records: records(),
    mode: z
      .enum(["judge", "file", "approve"])
      .default("judge")
      .describe(
        "`judge` runs or collects gates; `file` files what blocks the release as issues, and closes those whose gate has passed; `approve`, after the collection, records who agreed to the release.",
      ),
    results: optionalText().describe(
      "In the mode `file`: the workflow's `needs` context as JSON (`toJSON(needs)`), for jobs that left no record.",
    ),
    gate: z
      .string()
      .trim()
      .regex(/^[a-z0-9-]{0,60}$/, "expected the id of a gate: lower-case letters, digits and hyphens")
      .default("")
      .describe("Id of the one gate that this job runs, as a leg of a matrix; empty collects the legs of all gates."),
    variables: assignments().describe(
      "Variables for the gate and its commands besides the job's own, one `NAME=value` a line; none of them a secret.",
    ),
    secrets: assignments()
      .meta({ secret: true })
      .describe(
        "Secrets that the gate's `environment` may name, one `NAME=value` a line. They are masked; that they are not empty is all that is asked, and no command gets them.",
      ),
    "github-token": optionalText()
      .meta({ secret: true })
      .describe(
        "Token with `checks: read` (and `statuses: read`, where commit statuses count) for gates of kind `checks`, `issues: read` for those of kind `issues` and for open blockers, `issues: write` in the mode `file`, and what the README lists for attestations and approvals; other gates need none.",
      ),
    "answered-at": z
      .union([z.iso.datetime({ precision: 0 }), z.literal("")], "expected a time such as 2026-01-31T12:00:00Z")
      .default("")
      .describe(
        "In the mode `approve`: by when the environment's reviewers had answered, as `2026-01-01T12:00:00Z`. An approval through an environment counts only with it.",
      ),
    "approval-environment": optionalText().describe(
      "In the mode `approve`: the environment whose reviewers held the release back; a gate of another environment is not approved.",
    ),
  }),
  outputs: z.strictObject({
    ...sharedOutputs,
    approval: z
      .string()
      .default("")
      .describe("`wanted` where the collection asks people to agree before the tag; empty where nobody is asked."),
  }),
  leg: ({ gate, mode, records: handed }) => ({ judge: gate, file: filingLegFor(handed), approve: approvalLeg })[mode],
  // In the mode `judge` the stage itself insists that every record holds; what does not hold is a blocker to file.
  ledger: "tolerant",
});
