import * as z from "zod";
import { defineContract, sharedOutputs } from "#src/contract/action-contract";
import { repositoryPath } from "#src/contract/config/fields";
import { githubToken, optionalText, releaseMode } from "#src/contract/fields";
import { defaultConfigPath } from "#src/contract/read-config";

/** Source of truth: action.yml and the README tables are generated from this. */
export const contract = defineContract({
  stage: "plan-release",
  question: "What are we releasing, from which commit, and is it well described?",
  inputs: z.strictObject({
    "release-mode": releaseMode(),
    config: repositoryPath().default(defaultConfigPath).describe("Path of the configuration file in the repository."),
    tag: optionalText().describe("Tag to release; must be the one that the version gives. Derived where left out."),
    "base-tag": optionalText().describe("Tag of the release before; found by the configuration's rule where left out."),
    operator: optionalText().describe("Who releases, in one word; the actor of the run where left out."),
    environment: optionalText().describe("The one environment that is deployed to, for a release of a service."),
    "github-token": githubToken().describe("Token with `contents: read`, to ask the remote for its branches and tags."),
  }),
  outputs: z.strictObject({
    ...sharedOutputs,
    tag: z.string().default("").describe("Tag that will name the release; empty unless there is one to make."),
    version: z.string().default("").describe("Version without prefix."),
    sha: z.string().default("").describe("Commit that is released."),
    base: z.string().default("").describe("Tag of the release before; empty for a first release."),
    gates: z.string().default("[]").describe("Ids of the configured gates as a JSON list, for a matrix."),
  }),
  ledger: "none",
});
