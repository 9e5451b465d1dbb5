import * as z from "zod";
import { defineContract, sharedOutputs } from "#src/contract/action-contract";
import { repositoryPath } from "#src/contract/config/fields";
import { githubToken, optionalText, releaseMode } from "#src/contract/fields";
import { defaultConfigPath } from "#src/contract/read-config";

/** Source of truth: action.yml and the README tables are generated from this. */
export const contract = defineContract({
  stage: "promote",
  question: "Can this branch move forward, fast-forward only, and did it?",
  inputs: z.strictObject({
    "release-mode": releaseMode(),
    config: repositoryPath().default(defaultConfigPath).describe("Path of the configuration file in the repository."),
    branch: optionalText().describe("Branch to promote, which is checked out; the branch of the run where left out."),
    "github-token": githubToken().describe(
      "Token with `contents: write` (or `pull-requests: write`, where `promote.via` says so), `checks: read` and `statuses: read`. A protected branch may need the token of an app that its rules let through.",
    ),
  }),
  outputs: z.strictObject({
    ...sharedOutputs,
    state: z
      .string()
      .default("unknown")
      .describe(
        "`moved`, `already` (an earlier attempt of this run moved it), `planned` (rehearsal), `handed-over` (a pull request waits for a person), or `nothing-to-ship`.",
      ),
    sha: z.string().default("").describe("Commit that was promoted; empty where the stage did not pass."),
    "pull-request": z.string().default("").describe("Address of the pull request, where `promote.via` wants one."),
    branches: z
      .string()
      .default("{}")
      .describe('Commit ids by branch as JSON: `{ "main": { "before": …, "after": … } }`; an absent branch is null.'),
  }),
  ledger: "none",
});
