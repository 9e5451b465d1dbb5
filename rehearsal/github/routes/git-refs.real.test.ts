import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aGitHub, type Fixture } from "../testing.ts";

const R = "/repos/acme/rocket";
let at: Fixture;
const create = (ref: string, sha: string) => at.ask("POST", `${R}/git/refs`, { body: { ref, sha } });
const inGit = async (ref: string) => (await at.git("ls-remote", at.gitDir, ref)).slice(0, 40);

beforeAll(async () => {
  at = await aGitHub();
});
afterAll(() => at.close());

describe("a ref made through the API", () => {
  it("is in the repository for git", async () => {
    expect(await create("refs/tags/light", at.first)).toMatchObject({
      code: 201,
      body: { ref: "refs/tags/light", object: { sha: at.first, type: "commit" } },
    });
    expect(await inGit("refs/tags/light")).toBe(at.first);
  });

  it("is refused when it exists, and stays where it is", async () => {
    await create("refs/heads/taken", at.first);
    expect(await create("refs/heads/taken", at.head)).toMatchObject({
      code: 422,
      body: { message: "Reference already exists" },
    });
    expect(await inGit("refs/heads/taken")).toBe(at.first);
  });

  it.each([
    ["names no object", "refs/heads/x", "0".repeat(39).concat("1"), "Object does not exist"],
    ["is no id", "refs/heads/x", "main", "Object does not exist"],
    ["has too short a name", "refs/x", "HEAD", "at least three slash-separated components"],
    ["has a name git forbids", "refs/heads/a..b", "HEAD", "not a valid ref name"],
  ])("is refused when it %s", async (_case, ref, sha, message) => {
    expect(await create(ref, sha === "HEAD" ? at.head : sha)).toMatchObject({
      code: 422,
      body: { message: expect.stringContaining(message) },
    });
  });

  it("is made once when two ask for it at the same time", async () => {
    const answers = await Promise.all([create("refs/tags/race", at.first), create("refs/tags/race", at.head)]);
    expect(answers.map((one) => one.code).sort()).toEqual([201, 422]);
  });
});

describe("moving a ref", () => {
  const move = (ref: string, body: object) => at.ask("PATCH", `${R}/git/refs/${ref}`, { body });

  it("goes forward, and back only by force", async () => {
    await create("refs/heads/moving", at.first);
    expect((await move("heads/moving", { sha: at.head })).code).toBe(200);
    expect(await move("heads/moving", { sha: at.first })).toMatchObject({
      code: 422,
      body: { message: "Update is not a fast forward" },
    });
    expect(await inGit("refs/heads/moving")).toBe(at.head);
    expect((await move("heads%2Fmoving", { sha: at.first, force: true })).code).toBe(200);
    expect(await inGit("refs/heads/moving")).toBe(at.first);
  });

  it("is refused for a ref that does not exist", async () => {
    expect(await move("heads/none", { sha: at.head })).toMatchObject({
      code: 422,
      body: { message: "Reference does not exist" },
    });
  });

  it("is refused for a protected tag, by update and by deletion", async () => {
    await create("refs/tags/v2.0.0", at.first);
    expect(await move("tags/v2.0.0", { sha: at.head, force: true })).toMatchObject({
      code: 422,
      body: { message: "Repository rule violations found\n\nCannot update this protected ref.\n\n" },
    });
    expect(await at.ask("DELETE", `${R}/git/refs/tags/v2.0.0`)).toMatchObject({
      code: 422,
      body: { message: "Repository rule violations found\n\nCannot delete this tag\n\n" },
    });
    expect(await inGit("refs/tags/v2.0.0")).toBe(at.first);
  });
});

describe("reading and deleting refs", () => {
  it("finds by prefix, not only whole names, and nothing for a stranger", async () => {
    await create("refs/tags/pre-1", at.first);
    await create("refs/tags/pre-2", at.head);
    const { body } = await at.ask("GET", `${R}/git/matching-refs/tags/pre-`);
    expect(body).toMatchObject([{ ref: "refs/tags/pre-1" }, { ref: "refs/tags/pre-2" }]);
    expect(await at.ask("GET", `${R}/git/matching-refs/tags/none`)).toMatchObject({ code: 200, body: [] });
    expect((await at.ask("GET", `${R}/git/ref/tags/pre-`)).code).toBe(404);
  });

  it("deletes an unprotected ref, and refuses to delete the default branch", async () => {
    await create("refs/heads/gone", at.first);
    expect((await at.ask("DELETE", `${R}/git/refs/heads/gone`)).code).toBe(204);
    expect(await inGit("refs/heads/gone")).toBe("");
    expect((await at.ask("DELETE", `${R}/git/refs/heads/main`)).code).toBe(422);
  });

  it("shows a tag that git pushed, with the kind of its object", async () => {
    await at.git("tag", "-a", "-m", "Annotated", "pushed");
    await at.git("push", "-q", at.gitDir, "pushed");
    const { body } = await at.ask("GET", `${R}/git/ref/tags/pushed`);
    expect(body).toMatchObject({ object: { type: "tag", sha: await at.git("rev-parse", "pushed") } });
  });
});
