import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readDescription, readOperations } from "../openapi.ts";
import { aGitHub, type Fixture } from "../testing.ts";
import { routes } from "./all.ts";

const R = "/repos/acme/rocket";
let at: Fixture;

beforeAll(async () => {
  at = await aGitHub({
    environments: [
      { name: "gate-a", reviewers: ["grace"], waitMinutes: 5, branches: "protected", preventSelfReview: true },
    ],
    rulesets: [
      {
        name: "main",
        target: "branch",
        include: ["~DEFAULT_BRANCH"],
        rules: [{ type: "non_fast_forward" }, { type: "required_linear_history" }],
      },
      {
        name: "tags",
        target: "tag",
        include: ["refs/tags/v*.*.*"],
        rules: [{ type: "update", parameters: { update_allows_fetch_and_merge: false } }],
      },
    ],
  });
  await at.git("tag", "-a", "-m", "Version 1.0.0", "v1.0.0");
  await at.git("push", "-q", at.gitDir, "v1.0.0");
  const runId = at.github.recordRun({
    path: ".github/workflows/release.yml",
    headSha: at.head,
    event: "push",
    headBranch: "main",
  });
  const jobId = at.github.recordJob({
    runId,
    name: "build",
    status: "completed",
    conclusion: "success",
    completedAt: "2026-01-01T12:00:00Z",
    steps: [
      { number: 1, name: "test", status: "completed", conclusion: "success", startedAt: null, completedAt: null },
    ],
  });
  at.github.recordPending(runId, "gate-a");
  const review = {
    user: "grace",
    commit: at.head,
    association: "MEMBER",
    submittedAt: "2026-01-01T12:00:00Z",
  } as const;
  const pull = at.github.recordPullRequest({
    title: "Fly higher",
    commits: [at.head],
    reviews: [
      { ...review, state: "CHANGES_REQUESTED" },
      { ...review, state: "APPROVED" },
    ],
  });
  Object.assign(ids, { runId, jobId, pull });
});
afterAll(() => at.close());

const ids = { runId: 0, jobId: 0, pull: 0 };

describe("every served operation", () => {
  it("has a route, and every route an operation", () => {
    const described = readOperations(readDescription()).map((one) => one.id);
    expect(Object.keys(routes).sort()).toEqual(described.sort());
  });

  it("answers reads in the shape of the official description", async () => {
    expect((await at.ask("GET", `${R}/actions/workflows`)).body.total_count).toBe(1);
    const tag = await at.git("rev-parse", "v1.0.0");
    const paths = [
      "/rate_limit",
      R,
      `${R}/tags`,
      `${R}/git/ref/heads%2Fmain`,
      `${R}/git/ref/heads/main`,
      `${R}/git/matching-refs/tags/v1`,
      `${R}/git/tags/${tag}`,
      `${R}/git/commits/${at.head}`,
      `${R}/git/trees/${at.head}?recursive=1`,
      `${R}/git/blobs/${await at.git("rev-parse", "HEAD:README.md")}`,
      `${R}/commits`,
      `${R}/commits?path=README.md`,
      `${R}/commits/main`,
      `${R}/commits/${at.head}`,
      `${R}/compare/${at.first}...main`,
      `${R}/branches`,
      `${R}/branches/main`,
      `${R}/contents/README.md`,
      `${R}/contents/.github`,
      `${R}/commits/main/check-runs`,
      `${R}/commits/main/check-suites`,
      `${R}/commits/main/status`,
      `${R}/commits/main/statuses`,
      `${R}/actions/workflows/release.yml`,
      `${R}/actions/workflows/release.yml/runs`,
      `${R}/actions/runs`,
      `${R}/actions/runs/${ids.runId}`,
      `${R}/actions/runs/${ids.runId}/attempts/1`,
      `${R}/actions/runs/${ids.runId}/jobs`,
      `${R}/actions/runs/${ids.runId}/attempts/1/jobs`,
      `${R}/actions/jobs/${ids.jobId}`,
      `${R}/actions/runs/${ids.runId}/approvals`,
      `${R}/actions/runs/${ids.runId}/pending_deployments`,
      `${R}/releases`,
      `${R}/issues`,
      `${R}/labels`,
      `${R}/milestones`,
      `${R}/pulls?state=all`,
      `${R}/pulls/${ids.pull}`,
      `${R}/pulls/${ids.pull}/reviews`,
      `${R}/commits/${at.head}/pulls`,
      `${R}/deployments`,
      `${R}/environments`,
      `${R}/environments/gate-a`,
      `${R}/rules/branches/main`,
      `${R}/rulesets`,
      `${R}/attestations/sha256:${"0".repeat(64)}`,
      "/search/issues?q=is:issue+repo:acme/rocket",
    ];
    const refused: unknown[] = [];
    for (const path of paths) {
      const { code, body } = await at.ask("GET", path);
      if (code !== 200) refused.push([path, code, body.message]);
    }
    expect(refused).toEqual([]);
  });

  it("tells a pull request by its commit, and its reviews in the order in which they came", async () => {
    const none = await at.ask("GET", `${R}/commits/${at.first}/pulls`);
    expect(none.body).toEqual([]);
    const pulls = await at.ask("GET", `${R}/commits/${at.head}/pulls`);
    expect(pulls.body).toMatchObject([{ number: ids.pull, merge_commit_sha: at.head, head: { sha: at.head } }]);
    const { body } = await at.ask("GET", `${R}/pulls/${ids.pull}/reviews`);
    expect(body).toMatchObject([{ state: "CHANGES_REQUESTED" }, { state: "APPROVED", user: { login: "grace" } }]);
  });
});
