import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startGitHub } from "./start-github.ts";
import { aGitHub, type Fixture, NOON } from "./testing.ts";

const R = "/repos/acme/rocket";
let at: Fixture;

beforeEach(async () => {
  at = await aGitHub();
});
afterEach(() => at.close());

describe("a snapshot", () => {
  it("stays the same while there are only reads", async () => {
    await at.ask("POST", `${R}/releases`, { body: { tag_name: "v1.0.0", draft: true } });
    const before = await at.github.snapshot();
    for (const path of [R, `${R}/releases`, `${R}/commits`, `${R}/issues`, "/search/issues?q=x"])
      await at.ask("GET", path);
    expect(await at.github.snapshot()).toEqual(before);
  });

  it.each([
    ["a ref", "POST", "git/refs", () => ({ ref: "refs/tags/x", sha: at.head })],
    [
      "a tag object without a ref",
      "POST",
      "git/tags",
      () => ({ tag: "x", message: "m", object: at.head, type: "commit" }),
    ],
    ["a draft", "POST", "releases", () => ({ tag_name: "x", draft: true })],
    ["an issue", "POST", "issues", () => ({ title: "x" })],
    ["a label", "POST", "labels", () => ({ name: "x" })],
    ["a deployment", "POST", "deployments", () => ({ ref: "main" })],
    ["a check run", "POST", "check-runs", () => ({ name: "x", head_sha: at.head })],
    ["a status", "POST", "statuses/main", () => ({ state: "success" })],
    ["a dispatch", "POST", "actions/workflows/release.yml/dispatches", () => ({ ref: "main", inputs: { tag: "x" } })],
  ])("changes with %s", async (_case, method, path, body) => {
    const before = await at.github.snapshot();
    await at.ask(method, `${R}/${path.replace("main", at.head)}`, { body: body() });
    expect(await at.github.snapshot()).not.toEqual(before);
  });

  it("is a copy: changing it changes nothing", async () => {
    const taken = await at.github.snapshot();
    taken.rulesets.length = 0;
    expect((await at.github.snapshot()).rulesets).toHaveLength(1);
  });
});

describe("a saved state", () => {
  it("is found again by the next start, with assets and all, even if the first was never closed", async () => {
    const stateFile = join(at.folder, "state.json");
    const options = {
      repository: "acme/rocket",
      gitDir: at.gitDir,
      clock: { now: () => NOON },
      journal: at.journal,
      stateFile,
    };
    const first = await startGitHub({ ...options, environments: [{ name: "gate-a", reviewers: ["grace"] }] });
    const authorization = `Bearer ${first.issueToken({ permissions: { contents: "write" } })}`;
    const made = await fetch(`${first.apiUrl}${R}/releases`, {
      method: "POST",
      headers: { authorization },
      body: JSON.stringify({ tag_name: "v1.0.0" }),
    });
    const { id } = Object(await made.json());
    await fetch(`${first.apiUrl}${R}/releases/${id}/assets?name=a.txt`, {
      method: "POST",
      headers: { authorization },
      body: "bytes",
    });
    const second = await startGitHub(options);
    expect(await second.snapshot()).toEqual(await first.snapshot());
    expect(await (await fetch(`${second.apiUrl}/acme/rocket/releases/download/v1.0.0/a.txt`)).text()).toBe("bytes");
    expect((await fetch(`${second.apiUrl}${R}`, { headers: { authorization } })).status).toBe(401);
    await Promise.all([first.close(), second.close()]);
  });

  it("is refused when the file holds something else", async () => {
    const stateFile = join(at.folder, "broken.json");
    writeFileSync(stateFile, "{}");
    const start = startGitHub({
      repository: "acme/rocket",
      gitDir: at.gitDir,
      clock: { now: () => NOON },
      journal: at.journal,
      stateFile,
    });
    await expect(start).rejects.toThrow("to be a saved GitHub state");
  });
});

describe("starting", () => {
  it("fails on a port that is taken", async () => {
    const port = Number(new URL(at.github.apiUrl).port);
    const start = startGitHub({
      repository: "acme/rocket",
      gitDir: at.gitDir,
      clock: { now: () => NOON },
      journal: at.journal,
      port,
    });
    await expect(start).rejects.toThrow("EADDRINUSE");
  });

  it.each(["rocket", "acme/", "a/b/c"])("fails on a repository called %s", async (repository) => {
    const start = startGitHub({ repository, gitDir: at.gitDir, clock: { now: () => NOON }, journal: at.journal });
    await expect(start).rejects.toThrow("owner/name");
  });

  it("fails on a folder that is no repository", async () => {
    const start = startGitHub({
      repository: "acme/rocket",
      gitDir: at.folder,
      clock: { now: () => NOON },
      journal: at.journal,
    });
    await expect(start).rejects.toThrow("not a git repository");
  });
});
