import { afterEach, describe, expect, it, vi } from "vitest";
import { toFailure } from "#src/domain/failure";
import type { IssueTracker } from "#src/ports/issues";
import { FakeIssues } from "#src/testing/fake-issues";
import { ALL, aGitHub, type Fixture } from "../../rehearsal/github/testing.ts";

interface Ground {
  tracker: IssueTracker;
  /** Makes a milestone, as a person does. */
  milestone(title: string): Promise<unknown>;
  /** Puts an issue into the first milestone, and takes its label `a` off. */
  edit(number: number): Promise<unknown>;
}

let fixture: Fixture | undefined;
/** The client reads its address when it is loaded, so all grounds of a file stand on the port of the first. */
let port: number | undefined;

afterEach(async () => {
  await fixture?.close();
  fixture = undefined;
});

async function aServer(): Promise<Fixture> {
  fixture = await aGitHub(port === undefined ? {} : { port });
  port = Number(new URL(fixture.github.apiUrl).port);
  vi.stubEnv("GITHUB_API_URL", fixture.github.apiUrl);
  return fixture;
}

/** GitHub wants writes to be paced; the embedded one does not. */
async function trackerWith(token: string, repository = "acme/rocket"): Promise<IssueTracker> {
  const { githubClient } = await import("#src/adapters/github-client");
  const { githubIssues } = await import("#src/adapters/github-issues");
  return githubIssues(token, repository, () => githubClient(token, false));
}

async function embedded(): Promise<Ground> {
  const { ask, write } = await aServer();
  const issues = "/repos/acme/rocket/issues";
  return {
    tracker: await trackerWith(write),
    milestone: (title) => ask("POST", "/repos/acme/rocket/milestones", { body: { title } }),
    edit: (number) => ask("PATCH", `${issues}/${number}`, { body: { milestone: 1, labels: [] } }),
  };
}

async function faked(): Promise<Ground> {
  const tracker = new FakeIssues();
  return {
    tracker,
    milestone: async (title) => tracker.known.push({ number: 1, title, open: true }),
    edit: async (number) => {
      const changed = { issue: number, at: tracker.now };
      const issue = tracker.held.find((one) => one.number === number);
      Object.assign(issue ?? {}, { milestone: "v1", labels: [] });
      tracker.history.push(
        { ...changed, change: "labeled", about: "a" },
        { ...changed, change: "unlabeled", about: "a" },
      );
      tracker.history.push({ ...changed, change: "milestoned", about: "v1" });
    },
  };
}

describe.each([
  ["the adapter before the embedded GitHub", embedded],
  ["the fake", faked],
])("ALL-22: issues, as %s keeps them", (_name, ground) => {
  it("are created with text, labels and author, listed newest first, and read by number", async () => {
    const { tracker } = await ground();
    const made = await tracker.create({ title: "One", body: "why", labels: ["a", "b"] });
    await tracker.create({ title: "Two", body: "", labels: ["a"] });
    expect(made).toMatchObject({ number: 1, title: "One", body: "why", open: true, labels: ["a", "b"] });
    expect(made).toMatchObject({ author: "github-actions[bot]", pullRequest: false, parent: undefined });
    expect(await tracker.read(1)).toEqual(made);
    expect(await tracker.read(9)).toBe("absent");
    const list = await tracker.list({ open: true, labels: ["a"] });
    expect([list.complete, list.items.map(({ number }) => number)]).toEqual([true, [2, 1]]);
    expect((await tracker.list({ open: true, labels: ["a", "b"] })).items).toHaveLength(1);
  });

  it("are closed, opened again and commented on", async () => {
    const { tracker } = await ground();
    await tracker.create({ title: "One", body: "", labels: [] });
    expect(await tracker.setOpen(1, false)).toMatchObject({ open: false, closed: expect.any(Date) });
    expect((await tracker.list({ open: true })).items).toEqual([]);
    expect((await tracker.list({ open: "either" })).items).toHaveLength(1);
    expect(await tracker.setOpen(1, true)).toMatchObject({ open: true, closed: undefined });
    const comment = await tracker.comment(1, "because");
    expect(comment).toMatchObject({ author: "github-actions[bot]", body: "because" });
    expect(await tracker.comments(1)).toEqual({ items: [comment], complete: true });
  });

  it("have parts, and a part names its parent", async () => {
    const { tracker } = await ground();
    await tracker.create({ title: "Epic", body: "", labels: [] });
    const part = await tracker.create({ title: "Task", body: "", labels: [] });
    await tracker.addPart(1, part.id);
    expect((await tracker.parts(1)).items).toMatchObject([{ number: 2, parent: 1 }]);
    expect(await tracker.read(2)).toMatchObject({ parent: 1 });
    expect(toFailure(await tracker.addPart(1, part.id).catch((thrown: unknown) => thrown)).kind).toBe("upstream");
  });

  it("are found by milestone and by time, and tell what became of their labels", async () => {
    const { tracker, milestone, edit } = await ground();
    await milestone("v1");
    await tracker.create({ title: "One", body: "", labels: ["a"] });
    await tracker.create({ title: "Two", body: "", labels: [] });
    await edit(1);
    expect((await tracker.milestones()).items).toEqual([{ number: 1, title: "v1", open: true }]);
    expect((await tracker.list({ open: true, milestone: 1 })).items).toMatchObject([{ number: 1, milestone: "v1" }]);
    expect((await tracker.list({ open: true, since: new Date("2026-01-01T12:00:00Z") })).items).toHaveLength(2);
    expect((await tracker.list({ open: true, since: new Date("2026-01-01T12:00:01Z") })).items).toEqual([]);
    const { items } = await tracker.changes(1);
    expect(items.map(({ change, about }) => `${change} ${about}`)).toEqual([
      "labeled a",
      "unlabeled a",
      "milestoned v1",
    ]);
    expect(items[0]?.at).toEqual(new Date("2026-01-01T12:00:00Z"));
  });
});

describe("the adapter", () => {
  it("GAT-45: tells a token without the right to write from one without the right to read", async () => {
    const { github } = await aServer();
    const of = (issues: "read" | "none") => trackerWith(github.issueToken({ permissions: { ...ALL, issues } }));
    const draft = { title: "x", body: "", labels: [] };
    const refused = async (work: Promise<unknown>) => toFailure(await work.catch((thrown: unknown) => thrown)).code;
    expect(await refused((await of("read")).create(draft))).toBe("all.permission-missing");
    expect((await (await of("read")).list({ open: true })).items).toEqual([]);
    expect(await refused((await of("none")).list({ open: true }))).toBe("all.permission-missing");
    expect(await refused((await trackerWith(github.issueToken({ permissions: ALL }), "acme/other")).milestones())).toBe(
      "all.tracker-unauthorized",
    );
  });

  it("GAT-45: is a permission that is missing where there is no token at all", async () => {
    await aServer();
    const { githubIssues } = await import("#src/adapters/github-issues");
    const asked = githubIssues("", "acme/rocket").list({ open: true });
    expect(toFailure(await asked.catch((thrown: unknown) => thrown)).kind).toBe("permission");
  });

  it("reads a list of more than one page to its end, and says of one beyond ten pages that it is not whole", async () => {
    const { ask, github, write } = await aServer();
    const tracker = await trackerWith(write);
    for (let made = 0; made < 101; made += 1)
      await ask("POST", "/repos/acme/rocket/issues", { body: { title: `Issue ${made}` } });
    expect(await tracker.list({ open: true })).toMatchObject({ complete: true, items: { length: 101 } });
    const full = (await ask("GET", "/repos/acme/rocket/issues?per_page=100")).body;
    github.faults.distort("issues/list-for-repo", () => full);
    expect(await tracker.list({ open: true })).toMatchObject({ complete: false, items: { length: 1000 } });
  });

  it("leaves pull requests out of lists, which the tracker counts as issues", async () => {
    const { ask, github, write } = await aServer();
    await ask("POST", "/repos/acme/rocket/issues", { body: { title: "One" } });
    const [issue] = Object.values((await ask("GET", "/repos/acme/rocket/issues")).body);
    const links = { url: null, html_url: null, diff_url: null, patch_url: null };
    github.faults.distort("issues/list-for-repo", () => [{ ...Object(issue), pull_request: links }]);
    expect(await (await trackerWith(write)).list({ open: true })).toEqual({ items: [], complete: true });
  });
});
