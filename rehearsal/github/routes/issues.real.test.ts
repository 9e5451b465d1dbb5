import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { aGitHub, type Fixture } from "../testing.ts";

const R = "/repos/acme/rocket";
let at: Fixture;
const create = (body: object) => at.ask("POST", `${R}/issues`, { body });
const search = async (q: string) => (await at.ask("GET", `/search/issues?q=${encodeURIComponent(q)}`)).body;

beforeEach(async () => {
  at = await aGitHub();
});
afterEach(() => at.close());

describe("an issue", () => {
  it("is numbered, attributed to the token's account, and makes the labels it names", async () => {
    const { code, body } = await create({ title: "Gate failed", body: "why", labels: ["blocker", "release"] });
    expect(code).toBe(201);
    expect(body).toMatchObject({
      number: 1,
      state: "open",
      user: { login: "github-actions[bot]", type: "Bot" },
      labels: [{ name: "blocker" }, { name: "release" }],
    });
    expect((await at.ask("GET", `${R}/labels`)).body).toHaveLength(2);
  });

  it("is closed with a reason and opened again", async () => {
    await create({ title: "x" });
    const closed = await at.ask("PATCH", `${R}/issues/1`, { body: { state: "closed", state_reason: "not_planned" } });
    expect(closed.body).toMatchObject({
      state: "closed",
      state_reason: "not_planned",
      closed_at: "2026-01-01T12:00:00Z",
    });
    expect((await at.ask("GET", `${R}/issues`)).body).toEqual([]);
    expect((await at.ask("PATCH", `${R}/issues/1`, { body: { state: "open" } })).body).toMatchObject({
      state: "open",
      closed_at: null,
      state_reason: "reopened",
    });
  });

  it("is listed by label, newest first", async () => {
    await create({ title: "a", labels: ["blocker"] });
    await create({ title: "b", labels: ["blocker", "gate"] });
    await create({ title: "c" });
    const titles = async (query: string) =>
      JSON.stringify((await at.ask("GET", `${R}/issues?${query}`)).body).match(/"title":"."/g);
    expect(await titles("labels=blocker")).toEqual(['"title":"b"', '"title":"a"']);
    expect(await titles("labels=blocker,gate")).toEqual(['"title":"b"']);
  });

  it("carries comments, which may be changed", async () => {
    await create({ title: "x" });
    const comment = await at.ask("POST", `${R}/issues/1/comments`, { body: { body: "first" } });
    await at.ask("PATCH", `${R}/issues/comments/${comment.body.id}`, { body: { body: "second" } });
    expect((await at.ask("GET", `${R}/issues/1/comments`)).body).toMatchObject([{ body: "second" }]);
    expect((await at.ask("GET", `${R}/issues/1`)).body.comments).toBe(1);
    expect((await at.ask("POST", `${R}/issues/1/comments`, { body: { body: "x".repeat(65_537) } })).code).toBe(422);
  });

  it("gains and loses labels", async () => {
    await create({ title: "x", labels: ["a"] });
    expect((await at.ask("POST", `${R}/issues/1/labels`, { body: { labels: ["b"] } })).body).toMatchObject([
      { name: "a" },
      { name: "b" },
    ]);
    expect((await at.ask("DELETE", `${R}/issues/1/labels/a`)).body).toMatchObject([{ name: "b" }]);
    expect((await at.ask("DELETE", `${R}/issues/1/labels/a`)).code).toBe(404);
    expect((await at.ask("POST", `${R}/labels`, { body: { name: "B" } })).code).toBe(422);
  });

  it("remembers when its labels and its milestone came and went", async () => {
    await at.ask("POST", `${R}/milestones`, { body: { title: "v1" } });
    await create({ title: "x", labels: ["a"], milestone: 1 });
    await create({ title: "y" });
    expect((await at.ask("GET", `${R}/issues?milestone=1`)).body).toMatchObject([{ title: "x" }]);
    expect((await at.ask("GET", `${R}/issues?milestone=none`)).body).toMatchObject([{ title: "y" }]);
    expect((await at.ask("GET", `${R}/issues?milestone=2`)).code).toBe(422);
    await at.ask("PATCH", `${R}/issues/1`, { body: { labels: ["b"], milestone: null } });
    expect((await at.ask("GET", `${R}/issues/1/events`)).body).toMatchObject([
      { event: "labeled", label: { name: "a" } },
      { event: "milestoned", milestone: { title: "v1" } },
      { event: "unlabeled", label: { name: "a" } },
      { event: "labeled", label: { name: "b" } },
      { event: "demilestoned", milestone: { title: "v1" } },
    ]);
    expect((await at.ask("GET", `${R}/milestones`)).body).toMatchObject([{ title: "v1", open_issues: 0 }]);
    expect((await at.ask("POST", `${R}/milestones`, { body: { title: "v1" } })).code).toBe(422);
  });

  it("has parts, each with one parent, and never itself above itself", async () => {
    const [parent, part] = [await create({ title: "parent" }), await create({ title: "part" })];
    const add = (number: unknown, id: unknown) =>
      at.ask("POST", `${R}/issues/${number}/sub_issues`, { body: { sub_issue_id: id } });
    expect((await add(1, part.body.id)).code).toBe(201);
    expect((await at.ask("GET", `${R}/issues/1`)).body).toMatchObject({
      sub_issues_summary: { total: 1, completed: 0 },
    });
    expect((await at.ask("GET", `${R}/issues/1/sub_issues`)).body).toMatchObject([{ title: "part" }]);
    expect((await add(2, parent.body.id)).code).toBe(422);
    expect((await add(1, part.body.id)).code).toBe(422);
    expect((await at.ask("DELETE", `${R}/issues/1/sub_issue`, { body: { sub_issue_id: part.body.id } })).code).toBe(
      200,
    );
    expect((await at.ask("GET", `${R}/issues/1/sub_issues`)).body).toEqual([]);
  });
});

describe("searching issues", () => {
  beforeEach(async () => {
    await create({ title: "Release v1.0.0 is blocked", body: "seaworthy:blocker:abc", labels: ["blocker"] });
    await create({ title: "Another", body: "v1.0.0" });
    await at.ask("PATCH", `${R}/issues/2`, { body: { state: "closed" } });
  });

  it.each([
    ["repo:acme/rocket is:issue is:open label:blocker", [1]],
    ['"seaworthy:blocker:abc" in:body', [1]],
    ["v1.0.0 in:title", [1]],
    ["v1.0.0", [2, 1]],
    ["is:closed", [2]],
    ["-label:blocker", [2]],
    ["repo:acme/other", []],
    ["is:pr", []],
  ])("finds by %s", async (q, numbers) => {
    const { items, total_count } = await search(q);
    expect([items, total_count]).toMatchObject([numbers.map((number) => ({ number })), numbers.length]);
  });

  it("refuses a qualifier it does not understand, rather than find too much", async () => {
    expect(await search("milestone:next")).toMatchObject({
      errors: [{ message: expect.stringContaining("milestone:next") }],
    });
  });
});
