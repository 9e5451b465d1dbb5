import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { aGitHub, type Fixture } from "../testing.ts";

const R = "/repos/acme/rocket";
let at: Fixture;
const runs = async (query = "") => (await at.ask("GET", `${R}/commits/${at.head}/check-runs${query}`)).body;

beforeEach(async () => {
  at = await aGitHub();
});
afterEach(() => at.close());

describe("check runs of a commit", () => {
  it("are the newest of each name, unless all are asked for", async () => {
    at.github.recordCheckRun({
      name: "ci",
      headSha: at.head,
      conclusion: "failure",
      completedAt: "2026-01-01T10:00:00Z",
    });
    at.github.recordCheckRun({
      name: "ci",
      headSha: at.head,
      conclusion: "success",
      completedAt: "2026-01-01T11:00:00Z",
    });
    at.github.recordCheckRun({ name: "lint", headSha: at.head, conclusion: "skipped" });
    expect(await runs("?check_name=ci")).toMatchObject({ total_count: 1, check_runs: [{ conclusion: "success" }] });
    expect((await runs("?filter=all")).total_count).toBe(3);
    expect((await runs()).total_count).toBe(2);
  });

  it("are of that commit only", async () => {
    at.github.recordCheckRun({ name: "ci", headSha: at.first, conclusion: "success" });
    expect((await runs()).total_count).toBe(0);
  });

  it("are made and completed through the API, with a conclusion", async () => {
    const { code, body } = await at.ask("POST", `${R}/check-runs`, {
      body: { name: "gate", head_sha: at.head, status: "in_progress", output: { title: "t", summary: "s" } },
    });
    expect([code, body.conclusion]).toEqual([201, null]);
    expect((await at.ask("PATCH", `${R}/check-runs/${body.id}`, { body: { status: "completed" } })).code).toBe(422);
    const done = await at.ask("PATCH", `${R}/check-runs/${body.id}`, { body: { conclusion: "success" } });
    expect(done.body).toMatchObject({
      status: "completed",
      conclusion: "success",
      completed_at: "2026-01-01T12:00:00Z",
      output: { title: "t" },
    });
    expect((await at.ask("POST", `${R}/check-runs`, { body: { name: "gate", head_sha: "1".repeat(40) } })).code).toBe(
      422,
    );
  });
});

describe("commit statuses", () => {
  const set = (state: string, context: string) =>
    at.ask("POST", `${R}/statuses/${at.head}`, { body: { state, context } });
  const combined = async () => (await at.ask("GET", `${R}/commits/main/status`)).body;

  it("combine to the worst, by the newest of each context", async () => {
    expect((await combined()).state).toBe("pending");
    await set("failure", "ci");
    await set("success", "lint");
    expect(await combined()).toMatchObject({ state: "failure", total_count: 2 });
    await set("success", "ci");
    expect((await combined()).state).toBe("success");
    await set("pending", "late");
    expect((await combined()).state).toBe("pending");
  });
});

describe("deployments", () => {
  const deploy = (body: object) => at.ask("POST", `${R}/deployments`, { body });
  const succeed = (id: unknown) =>
    at.ask("POST", `${R}/deployments/${id}/statuses`, {
      body: { state: "success", environment_url: "http://rocket.example" },
    });

  it("are refused while a commit status is not a success, unless none is required", async () => {
    await at.ask("POST", `${R}/statuses/${at.head}`, { body: { state: "failure", context: "ci" } });
    expect((await deploy({ ref: "main" })).code).toBe(409);
    expect((await deploy({ ref: "main", required_contexts: [] })).code).toBe(201);
    expect((await deploy({ ref: "none" })).code).toBe(422);
  });

  it("make the former one of their environment inactive when they succeed", async () => {
    const [first, second] = [await deploy({ ref: at.first }), await deploy({ ref: at.head })];
    await succeed(first.body.id);
    expect(await succeed(second.body.id)).toMatchObject({
      code: 201,
      body: { state: "success", environment_url: "http://rocket.example" },
    });
    expect((await at.ask("GET", `${R}/deployments/${first.body.id}/statuses`)).body).toMatchObject([
      { state: "inactive" },
      { state: "success" },
    ]);
    expect((await at.ask("GET", `${R}/deployments?sha=${at.head}&environment=production`)).body).toMatchObject([
      { id: second.body.id, sha: at.head },
    ]);
  });
});
