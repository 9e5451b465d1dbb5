import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Dispatch } from "../records.ts";
import { aGitHub, type Fixture } from "../testing.ts";

const R = "/repos/acme/rocket";
let at: Fixture;

beforeEach(async () => {
  at = await aGitHub({ environments: [{ name: "gate-a", reviewers: ["grace"] }, { name: "open" }] });
});
afterEach(() => at.close());

describe("dispatching a workflow", () => {
  const dispatch = (body: object, id = "release.yml") =>
    at.ask("POST", `${R}/actions/workflows/${id}/dispatches`, { body });

  it("queues a run, tells its id when asked, and calls whoever waits", async () => {
    const heard = new Promise<Dispatch>((resolve) => at.github.onDispatch(resolve));
    const { code, body } = await dispatch({ ref: "main", inputs: { tag: "v1.0.0" }, return_run_details: true });
    expect([code, body.run_url]).toEqual([200, `${at.github.apiUrl}${R}/actions/runs/${body.workflow_run_id}`]);
    expect(await heard).toMatchObject({
      event: "workflow_dispatch",
      path: ".github/workflows/release.yml",
      ref: "refs/heads/main",
      sha: at.head,
      inputs: { tag: "v1.0.0", rehearsal: false },
      runId: body.workflow_run_id,
    });
    expect((await at.ask("GET", `${R}/actions/runs/${body.workflow_run_id}`)).body).toMatchObject({
      status: "queued",
      event: "workflow_dispatch",
      head_sha: at.head,
    });
  });

  it("answers nothing when the run's id was not asked for", async () => {
    expect(await dispatch({ ref: "main", inputs: { tag: "x" } })).toMatchObject({ code: 204, body: {} });
  });

  it.each([
    ["lacks a required input", { ref: "main" }, "Required input 'tag' not provided"],
    [
      "has an input that is not declared",
      { ref: "main", inputs: { tag: "x", extra: 1 } },
      'Unexpected inputs provided: ["extra"]',
    ],
    ["names no ref", { ref: "none", inputs: { tag: "x" } }, "No ref found for: none"],
    [
      "names a commit from before the workflow",
      { ref: "old", inputs: { tag: "x" } },
      "Workflow does not have 'workflow_dispatch' trigger",
    ],
  ])("is refused when it %s, and no run is made", async (_case, body, message) => {
    await at.git("push", "-q", at.gitDir, `${at.first}:refs/heads/old`);
    expect(await dispatch(body)).toMatchObject({ code: 422, body: { message } });
    expect((await at.github.snapshot()).runs).toEqual([]);
  });

  it("is refused for a workflow that is not there", async () => {
    expect((await dispatch({ ref: "main" }, "none.yml")).code).toBe(404);
  });

  it("finds workflows by file name and by id", async () => {
    const { body } = await at.ask("GET", `${R}/actions/workflows/release.yml`);
    expect(body).toMatchObject({ name: "Release", path: ".github/workflows/release.yml" });
    expect((await at.ask("GET", `${R}/actions/workflows/${body.id}`)).body).toEqual(body);
  });
});

describe("what the runner records", () => {
  it("is seen as run, job and check run, and changes in place", async () => {
    const runId = at.github.recordRun({
      path: ".github/workflows/release.yml",
      headSha: at.head,
      event: "push",
      headBranch: "main",
      status: "in_progress",
    });
    const id = at.github.recordJob({ runId, name: "gates", status: "in_progress" });
    const checks = async () => (await at.ask("GET", `${R}/commits/main/check-runs`)).body;
    expect(await checks()).toMatchObject({
      total_count: 1,
      check_runs: [{ name: "gates", status: "in_progress", conclusion: null }],
    });
    at.github.recordJob({
      id,
      runId,
      name: "gates",
      status: "completed",
      conclusion: "failure",
      completedAt: "2026-01-01T12:00:00Z",
    });
    at.github.recordRun({
      id: runId,
      path: ".github/workflows/release.yml",
      headSha: at.head,
      event: "push",
      status: "completed",
      conclusion: "failure",
    });
    expect(await checks()).toMatchObject({
      total_count: 1,
      check_runs: [{ name: "gates", status: "completed", conclusion: "failure" }],
    });
    expect((await at.ask("GET", `${R}/actions/runs?head_sha=${at.head}&status=failure`)).body).toMatchObject({
      total_count: 1,
      workflow_runs: [{ id: runId, head_branch: "main" }],
    });
    expect((await at.ask("GET", `${R}/commits/main/check-suites`)).body).toMatchObject({
      total_count: 1,
      check_suites: [{ conclusion: "failure", head_branch: "main" }],
    });
  });

  it("keeps attempts apart: the latest of each job, or all of them", async () => {
    const run = { path: "p.yml", headSha: at.head, event: "push" };
    const runId = at.github.recordRun(run);
    at.github.recordJob({ runId, name: "a", attempt: 1 });
    at.github.recordJob({ runId, name: "b", attempt: 1 });
    at.github.recordRun({ ...run, id: runId, attempt: 2 });
    at.github.recordJob({ runId, name: "b", attempt: 2 });
    const jobs = async (path: string) => (await at.ask("GET", `${R}/actions/runs/${runId}/${path}`)).body;
    expect(await jobs("jobs")).toMatchObject({
      jobs: [
        { name: "a", run_attempt: 1 },
        { name: "b", run_attempt: 2 },
      ],
    });
    expect((await jobs("jobs?filter=all")).total_count).toBe(3);
    expect(await jobs("attempts/2/jobs")).toMatchObject({ total_count: 1, jobs: [{ name: "b" }] });
    expect((await at.ask("GET", `${R}/actions/runs/${runId}/attempts/3`)).code).toBe(404);
  });

  it("takes undefined for not reported: neither a default nor an earlier report is lost", async () => {
    const run = { path: "p.yml", headSha: at.head, event: "push" };
    const id = at.github.recordRun({ ...run, headBranch: "main", conclusion: undefined });
    at.github.recordRun({ ...run, id, headBranch: undefined, status: "completed", conclusion: "success" });
    const { body } = await at.ask("GET", `${R}/actions/runs/${id}`);
    expect(body).toMatchObject({ head_branch: "main", status: "completed", conclusion: "success" });
  });

  it("refuses a job whose run is not known", () => {
    expect(() => at.github.recordJob({ runId: 1, name: "lost" })).toThrow("run 1");
  });
});

describe("environments and approvals", () => {
  it("show who must review; an open one has no rule; an unknown one is absent", async () => {
    const environment = async (name: string) => at.ask("GET", `${R}/environments/${name}`);
    expect((await environment("gate-a")).body.protection_rules).toMatchObject([
      { type: "required_reviewers", reviewers: [{ type: "User", reviewer: { login: "grace" } }] },
    ]);
    expect((await environment("open")).body.protection_rules).toEqual([]);
    expect((await environment("gate-b")).code).toBe(404);
  });

  it("are pending until someone answered", async () => {
    const runId = at.github.recordRun({ path: "p.yml", headSha: at.head, event: "push" });
    at.github.recordPending(runId, "gate-a");
    expect((await at.ask("GET", `${R}/actions/runs/${runId}/pending_deployments`)).body).toMatchObject([
      { environment: { name: "gate-a" } },
    ]);
    at.github.recordApproval({ runId, environments: ["gate-a"], state: "approved", user: "grace", comment: "fine" });
    expect((await at.ask("GET", `${R}/actions/runs/${runId}/pending_deployments`)).body).toEqual([]);
    expect((await at.ask("GET", `${R}/actions/runs/${runId}/approvals`)).body).toMatchObject([
      { state: "approved", user: { login: "grace" }, comment: "fine", environments: [{ name: "gate-a" }] },
    ]);
  });
});
