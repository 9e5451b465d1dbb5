import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { judgeChecks } from "#src/domain/required-checks";
import type { CheckRuns } from "#src/ports/check-runs";
import { aSha } from "#src/testing/builders";

const sha = aSha();
const checkRunsPath = `/repos/octo/tide/commits/${sha}/check-runs?filter=latest&per_page=100`;
const statusPath = `/repos/octo/tide/commits/${sha}/status?per_page=100`;

/** Answers of the server by path with query; any other path is 404. */
let answers: Record<string, { code?: number; body: unknown }> = {};
let requests: { path: string; code: number; authorization: string | undefined }[] = [];

const server = createServer((request, response) => {
  const path = request.url ?? "";
  const { code = 200, body } = answers[path] ?? { code: 404, body: { message: "Not Found" } };
  const text = JSON.stringify(body);
  const etag = `"${createHash("sha256").update(text).digest("hex")}"`;
  const unchanged = request.headers["if-none-match"] === etag;
  response.writeHead(unchanged ? 304 : code, { "content-type": "application/json", etag });
  response.end(unchanged ? undefined : text);
  requests.push({ path, code: unchanged ? 304 : code, authorization: request.headers.authorization });
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  vi.stubEnv("GITHUB_API_URL", `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`);
});
afterAll(() => {
  vi.unstubAllEnvs();
  server.close();
});
beforeEach(() => {
  answers = { [statusPath]: { body: { state: "pending", sha, total_count: 0, statuses: [] } } };
  requests = [];
});

async function adapter(): Promise<CheckRuns> {
  const { githubCheckRuns } = await import("./github-check-runs.ts");
  return githubCheckRuns("a-token", "octo/tide");
}

function aRun(id: number, overrides: object = {}) {
  return {
    id,
    name: `check ${id}`,
    head_sha: sha,
    status: "completed",
    conclusion: "success",
    completed_at: "2026-01-01T12:00:00Z",
    html_url: `https://github.example/runs/${id}`,
    ...overrides,
  };
}

function page(number: number, runs: object[], total = runs.length) {
  answers[`${checkRunsPath}&page=${number}`] = { body: { total_count: total, check_runs: runs } };
}

const asked = () => requests.map(({ path, code }) => [path, code]);

describe("the checks of a commit", () => {
  it("are told by one request for the runs and one for the statuses", async () => {
    page(1, [aRun(1), aRun(2, { status: "queued", conclusion: null, completed_at: null, html_url: null })]);
    expect(await (await adapter()).forCommit(sha, ["check 1", "check 2"])).toEqual([
      {
        id: 1,
        name: "check 1",
        sha,
        phase: "completed",
        conclusion: "success",
        completed: new Date("2026-01-01T12:00:00Z"),
        url: "https://github.example/runs/1",
      },
      { id: 2, name: "check 2", sha, phase: "queued", conclusion: null, completed: null, url: "" },
    ]);
    expect(asked()).toEqual([
      [`${checkRunsPath}&page=1`, 200],
      [statusPath, 200],
    ]);
    expect(requests[0]?.authorization).toBe("token a-token");
  });

  it("are read page by page, one request a hundred, besides that for the statuses", async () => {
    const runs = Array.from({ length: 101 }, (_, index) => aRun(index + 1));
    page(1, runs.slice(0, 100), 101);
    page(2, runs.slice(100), 101);
    const found = await (await adapter()).forCommit(sha, ["check 101"]);
    expect(found).toHaveLength(101);
    expect(requests).toHaveLength(3);
  });

  it("cost nothing of the quota while nothing changes, and show a change at once", async () => {
    page(1, [aRun(1, { status: "in_progress", conclusion: null, completed_at: null })]);
    const checkRuns = await adapter();
    const looks = [await checkRuns.forCommit(sha, ["check 1"]), await checkRuns.forCommit(sha, ["check 1"])];
    expect(looks[1]).toEqual(looks[0]);
    page(1, [aRun(1)]);
    expect(await checkRuns.forCommit(sha, ["check 1"])).toMatchObject([{ conclusion: "success" }]);
    expect(requests.map(({ code }) => code)).toEqual([200, 200, 304, 304, 200, 304]);
  });

  it.each([
    ["success", { phase: "completed", conclusion: "success" }],
    ["failure", { phase: "completed", conclusion: "failure" }],
    ["error", { phase: "completed", conclusion: "failure" }],
    ["pending", { phase: "pending", conclusion: null, completed: null }],
    ["odd", { phase: "odd", conclusion: null, completed: null }],
  ])("include a commit status %s, also where a run has the name", async (state, words) => {
    page(1, [aRun(1)]);
    const status = (context: string) => ({
      id: 7,
      context,
      state,
      updated_at: "2026-01-01T12:00:00Z",
      target_url: null,
    });
    answers[statusPath] = { body: { state: "success", sha, statuses: [status("legacy"), status("check 1")] } };
    const found = await (await adapter()).forCommit(sha, ["check 1", "legacy"]);
    expect(found).toMatchObject([
      { name: "check 1", phase: "completed", conclusion: "success" },
      { name: "legacy", sha, ...words },
      { name: "check 1", sha, ...words },
    ]);
    const [verdict] = judgeChecks(["check 1"], found, sha);
    expect(verdict?.result === "pass").toBe(state === "success");
    expect(requests).toHaveLength(2);
  });

  it("GAT-08: are unknown where the commit has more statuses than one page shows", async () => {
    page(1, [aRun(1)]);
    answers[statusPath] = { body: { state: "success", sha, total_count: 101, statuses: [] } };
    await expect((await adapter()).forCommit(sha, ["check 1"])).rejects.toMatchObject({ code: "gates.ci-unknown" });
  });

  it("lack the statuses that a token may not read", async () => {
    page(1, []);
    answers[statusPath] = { code: 403, body: { message: "Resource not accessible by integration" } };
    expect(await (await adapter()).forCommit(sha, ["legacy"])).toEqual([]);
  });
});

describe("a question without a usable answer", () => {
  it.each([
    ["an empty page", [], 2],
    ["a page that holds the same run again", [aRun(1)], 2],
    ["fewer runs than its count", [], 3],
  ])("ALL-08: a list that ends with %s before the count is reached is unknown", async (_what, last, total) => {
    page(1, [aRun(1)], total);
    page(2, last, total);
    page(3, [], total);
    await expect((await adapter()).forCommit(sha, ["check 1"])).rejects.toMatchObject({ code: "gates.ci-unknown" });
  });

  it.each([
    ["a commit that GitHub does not have", 422, { message: "No commit found for SHA" }, "gates.ci-unknown"],
    ["a token that is refused", 401, { message: "Bad credentials" }, "all.auth-unhealthy"],
    ["a token without the scope", 403, { message: "Resource not accessible by integration" }, "all.permission-missing"],
    ["a repository that is hidden", 404, { message: "Not Found" }, "all.upstream-unreachable"],
    ["another document", 200, { hello: "world" }, "gates.ci-unknown"],
    ["a run without a name", 200, { total_count: 1, check_runs: [aRun(1, { name: null })] }, "gates.ci-unknown"],
  ])("ALL-08: %s is thrown, never read as an empty list", async (_what, code, body, expected) => {
    answers[`${checkRunsPath}&page=1`] = { code, body };
    await expect((await adapter()).forCommit(sha, ["check 1"])).rejects.toMatchObject({ code: expected });
  });
});
