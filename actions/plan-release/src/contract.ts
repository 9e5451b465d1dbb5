import * as z from "zod";
import { defineContract, sharedOutputs } from "#src/contract/action-contract";
import { repositoryPath } from "#src/contract/config/fields";
import { githubToken, optionalText, releaseMode } from "#src/contract/fields";
import { defaultConfigPath } from "#src/contract/read-config";

const optionalCommit = () =>
  optionalText().pipe(z.string().regex(/^([0-9a-f]{40})?$/, "expected a full commit id, or nothing"));

/** Source of truth: action.yml and the README tables are generated from this. */
export const contract = defineContract({
  stage: "plan-release",
  question: "What are we releasing, from which commit, and is it well described?",
  inputs: z.strictObject({
    "release-mode": releaseMode(),
    mode: z
      .enum(["release", "push", "pull-request", "audit"])
      .default("release")
      .describe(
        "`release` plans this commit's version; `push` asks what a push changed, and ends without a release where nothing did; `pull-request` judges version and changelog before they are merged; `audit` reports on the history.",
      ),
    before: optionalCommit().describe(
      "Commit before the push, or that a pull request is compared with; the event tells it where left out. Zeros: not known.",
    ),
    after: optionalCommit().describe("Head of the push; the event tells it where left out."),
    config: repositoryPath().default(defaultConfigPath).describe("Path of the configuration file in the repository."),
    tag: optionalText().describe("Tag to release; must be the one that the version gives. Derived where left out."),
    "base-tag": optionalText().describe("Tag of the release before; found by the configuration's rule where left out."),
    labels: optionalText().describe(
      'Labels for `bump.decision: labels`, as JSON: `{"#12": ["feature"]}`, by issue, pull request or commit id; asked of GitHub where left out.',
    ),
    operator: optionalText().describe("Who releases, in one word; the actor of the run where left out."),
    environment: optionalText().describe("The one environment that is deployed to, for a release of a service."),
    overrides: optionalText().describe(
      "Findings that a person overrides, as `code: reason` a line. The release is then called `Released-with-override`, and people must approve it.",
    ),
    "github-token": githubToken().describe(
      "Token with `contents: read`, to ask the remote for its branches and tags; with `issues: read` and `pull-requests: read` for an audit of issues.",
    ),
  }),
  outputs: z.strictObject({
    ...sharedOutputs,
    tag: z.string().default("").describe("Tag that will name the release; empty unless there is one to make."),
    version: z.string().default("").describe("Version without prefix."),
    sha: z.string().default("").describe("Commit that is released."),
    base: z.string().default("").describe("Tag of the release before; empty for a first release."),
    "tag-state": z
      .string()
      .default("unknown")
      .describe(
        "Where the version's tag is on the remote: `absent`, `present` on this commit, `elsewhere`, or `unknown`.",
      ),
    "gates-with-history": z
      .string()
      .default("[]")
      .describe("Those of them that compare commits, whose checkout needs the whole history and its tags."),
    "job-minutes": z
      .string()
      .default("{}")
      .describe(
        "Minutes for `timeout-minutes` of the jobs, as JSON, from the limits of the configuration: `gates` (legs of a matrix with `gate` and `minutes`), `approval` and `tag`.",
      ),
    gates: z.string().default("[]").describe("Ids of the gates that apply, as a JSON list, for a matrix."),
    "risk-level": z.string().default("").describe("`low`, `medium` or `high`; risk.json of the record tells why."),
    strategy: z
      .string()
      .default("")
      .describe("Recommended way to deploy; empty where nothing is deployed, or no strategies are declared."),
    tiers: z.string().default("[]").describe("Tiers of tests that the release requires, as a JSON list."),
  }),
  ledger: "none",
});
