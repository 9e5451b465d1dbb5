import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aGitHub, type Fixture } from "../testing.ts";

const R = "/repos/acme/rocket";
let at: Fixture;
const post = (path: string, body: object) => at.ask("POST", `${R}/git/${path}`, { body });

beforeAll(async () => {
  at = await aGitHub();
});
afterAll(() => at.close());

describe("an annotated tag made through the API", () => {
  it("is an object that git accepts, dated by the world's clock, and no ref yet", async () => {
    const { code, body } = await post("tags", {
      tag: "v3.0.0",
      message: "Version 3.0.0\n\nGated: yes\n",
      object: at.head,
      type: "commit",
    });
    expect(code).toBe(201);
    expect(body).toMatchObject({
      tagger: { name: "github-actions[bot]", date: "2026-01-01T12:00:00Z" },
      object: { sha: at.head },
    });
    expect(await at.git("ls-remote", at.gitDir, "refs/tags/v3.0.0")).toBe("");
    await post("refs", { ref: "refs/tags/v3.0.0", sha: String(body.sha) });
    await at.git("fetch", "-q", at.gitDir, "refs/tags/v3.0.0:refs/tags/v3.0.0");
    expect(await at.git("tag", "-l", "--format=%(contents)%(*objectname)", "v3.0.0")).toBe(
      `Version 3.0.0\n\nGated: yes\n${at.head}`,
    );
    expect(await at.git("--git-dir", at.gitDir, "fsck", "--strict")).toBe("");
  });

  it("reads back as it was written", async () => {
    const tagger = { name: "Ada", email: "ada@example.org", date: "2026-01-01T10:00:00Z" };
    const { body } = await post("tags", { tag: "t", message: "m", object: at.first, type: "commit", tagger });
    expect((await at.ask("GET", `${R}/git/tags/${body.sha}`)).body).toMatchObject({ tag: "t", message: "m", tagger });
  });

  it("is refused when its object is of another kind or absent", async () => {
    expect((await post("tags", { tag: "t", message: "m", object: at.first, type: "tree" })).code).toBe(422);
    expect((await post("tags", { tag: "t", message: "m", object: "1".repeat(40), type: "commit" })).code).toBe(422);
  });
});

describe("a commit made through the API", () => {
  it("is built from blob and tree on its parent", async () => {
    const blob = await post("blobs", { content: Buffer.from("two\n").toString("base64"), encoding: "base64" });
    const tree = await post("trees", {
      base_tree: at.head,
      tree: [
        { path: "deep/two.txt", mode: "100644", type: "blob", sha: blob.body.sha },
        { path: "three.txt", mode: "100644", type: "blob", content: "three\n" },
        { path: "README.md", mode: "100644", type: "blob", sha: null },
      ],
    });
    const commit = await post("commits", { message: "Built", tree: tree.body.sha, parents: [at.head] });
    expect([blob.code, tree.code, commit.code]).toEqual([201, 201, 201]);
    const show = (path: string) => at.git("--git-dir", at.gitDir, "show", `${commit.body.sha}:${path}`);
    expect([await show("deep/two.txt"), await show("three.txt")]).toEqual(["two", "three"]);
    await expect(show("README.md")).rejects.toThrow();
    const compared = await at.ask("GET", `${R}/compare/${at.head}...${commit.body.sha}`);
    expect(compared.body).toMatchObject({
      status: "ahead",
      ahead_by: 1,
      behind_by: 0,
      commits: [{ commit: { message: "Built" } }],
    });
    expect(compared.body.files).toMatchObject([
      { filename: "README.md", status: "removed", deletions: 1 },
      { filename: "deep/two.txt", status: "added", additions: 1 },
      { filename: "three.txt", status: "added" },
    ]);
  });

  it("is refused with a tree or parent that is not there", async () => {
    expect((await post("commits", { message: "m", tree: at.head, parents: [] })).code).toBe(422);
    expect(
      (
        await post("commits", {
          message: "m",
          tree: await at.git("rev-parse", "HEAD^{tree}"),
          parents: ["1".repeat(40)],
        })
      ).code,
    ).toBe(422);
  });
});

describe("a file of the repository", () => {
  const put = (path: string, body: object) =>
    at.ask("PUT", `${R}/contents/${path}`, { body: { message: "Write", ...body } });
  const content = Buffer.from("ledger\n").toString("base64");

  it("is created, then changed only by whoever names its present id", async () => {
    const made = await put("ledger/one.json", { content });
    expect(made.code).toBe(201);
    const { body } = await at.ask("GET", `${R}/contents/ledger/one.json?ref=main`);
    expect([Buffer.from(String(body.content), "base64").toString("utf8"), body.sha]).toEqual([
      "ledger\n",
      Object(made.body.content).sha,
    ]);
    expect((await put("ledger/one.json", { content })).code).toBe(422);
    expect((await put("ledger/one.json", { content, sha: "1".repeat(40) })).code).toBe(409);
    expect((await put("ledger/one.json", { content: "", sha: body.sha })).code).toBe(200);
    expect((await put("x", { content, branch: "none" })).code).toBe(404);
  });

  it("is absent at another ref, and given raw when asked", async () => {
    expect((await at.ask("GET", `${R}/contents/ledger/one.json?ref=${at.first}`)).code).toBe(404);
    const raw = await fetch(`${at.github.apiUrl}${R}/contents/README.md`, {
      headers: { authorization: `token ${at.write}`, accept: "application/vnd.github.raw+json" },
    });
    expect(await raw.text()).toBe("hello\n");
  });
});

describe("commits and comparisons", () => {
  it.each([
    ["identical", "main...main"],
    ["behind", "HEAD_SHA...FIRST"],
    ["ahead", "FIRST...HEAD_SHA"],
  ])("finds %s", async (relation, basehead) => {
    const path = basehead.replace("HEAD_SHA", at.head).replace("FIRST", at.first);
    expect((await at.ask("GET", `${R}/compare/${path}`)).body).toMatchObject({ status: relation });
  });

  it("counts what one commit changed, the first one included", async () => {
    expect((await at.ask("GET", `${R}/commits/${at.first}`)).body).toMatchObject({
      stats: { additions: 1, deletions: 0, total: 1 },
      files: [{ filename: "README.md", status: "added" }],
    });
  });

  it.each(["main~1", "none", "HEAD^", "main@{1}"])("finds no commit behind %s", async (ref) => {
    expect((await at.ask("GET", `${R}/commits/${encodeURIComponent(ref)}`)).code).toBe(422);
  });
});
