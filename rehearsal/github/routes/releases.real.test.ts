import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { aGitHub, type Fixture } from "../testing.ts";

const R = "/repos/acme/rocket";
let at: Fixture;

beforeEach(async () => {
  at = await aGitHub();
});
afterEach(() => at.close());

const create = (body: object) => at.ask("POST", `${R}/releases`, { body });
const change = (id: unknown, body: object) => at.ask("PATCH", `${R}/releases/${id}`, { body });
const upload = (id: unknown, name: string, bytes = Buffer.from("bytes")) =>
  at.ask("POST", `${R}/releases/${id}/assets?name=${encodeURIComponent(name)}`, {
    body: bytes,
    headers: { "content-type": "text/plain" },
  });
const tagged = (tag: string) => at.git("ls-remote", at.gitDir, `refs/tags/${tag}`);

describe("a release", () => {
  it("makes its missing tag when it is published, not while it is a draft", async () => {
    const draft = await create({ tag_name: "v1.0.0", target_commitish: at.first, draft: true });
    expect([draft.body.draft, draft.body.published_at, await tagged("v1.0.0")]).toEqual([true, null, ""]);
    const published = await change(draft.body.id, { draft: false });
    expect(published.body).toMatchObject({ draft: false, published_at: "2026-01-01T12:00:00Z" });
    expect(await tagged("v1.0.0")).toBe(`${at.first}\trefs/tags/v1.0.0`);
  });

  it("keeps the tag that is there, whatever its target says", async () => {
    await at.git("push", "-q", at.gitDir, `${at.first}:refs/tags/v1.0.0`);
    expect((await create({ tag_name: "v1.0.0", target_commitish: "main" })).code).toBe(201);
    expect(await tagged("v1.0.0")).toContain(at.first);
  });

  it("is refused for a tag that is released already, while drafts may repeat", async () => {
    await create({ tag_name: "v1.0.0" });
    expect(await create({ tag_name: "v1.0.0" })).toMatchObject({
      code: 422,
      body: { errors: [{ code: "already_exists", field: "tag_name" }] },
    });
    expect((await create({ tag_name: "v1.0.0", draft: true })).code).toBe(201);
  });

  it("is made once when two publish the same tag at the same time", async () => {
    const answers = await Promise.all([create({ tag_name: "v1.0.0" }), create({ tag_name: "v1.0.0" })]);
    expect(answers.map((one) => one.code).sort()).toEqual([201, 422]);
  });

  it("is refused for a target that names nothing, and makes neither tag nor release", async () => {
    expect(await create({ tag_name: "v1.0.0", target_commitish: "none" })).toMatchObject({
      code: 422,
      body: { errors: [{ field: "target_commitish" }] },
    });
    expect([(await at.ask("GET", `${R}/releases`)).body, await tagged("v1.0.0")]).toEqual([[], ""]);
  });

  it("shows a draft to writers only, and by no tag", async () => {
    const draft = await create({ tag_name: "v1.0.0", draft: true });
    const token = at.github.issueToken({ permissions: { contents: "read" } });
    expect((await at.ask("GET", `${R}/releases/${draft.body.id}`, { token })).code).toBe(404);
    expect((await at.ask("GET", `${R}/releases`, { token })).body).toEqual([]);
    expect((await at.ask("GET", `${R}/releases/tags/v1.0.0`)).code).toBe(404);
    expect((await at.ask("GET", `${R}/releases/${draft.body.id}`)).code).toBe(200);
  });

  it("is the latest unless it is a prerelease, or says it is not", async () => {
    const latest = async () => (await at.ask("GET", `${R}/releases/latest`)).body.tag_name;
    await create({ tag_name: "v1.0.0" });
    await create({ tag_name: "v2.0.0-rc.1", prerelease: true });
    expect(await latest()).toBe("v1.0.0");
    await create({ tag_name: "v0.9.1", make_latest: "false" });
    expect(await latest()).toBe("v1.0.0");
    await create({ tag_name: "v1.1.0" });
    expect(await latest()).toBe("v1.1.0");
  });

  it("goes with its assets when it is deleted, and its tag stays", async () => {
    const { body } = await create({ tag_name: "v1.0.0" });
    await upload(body.id, "a.txt");
    expect((await at.ask("DELETE", `${R}/releases/${body.id}`)).code).toBe(204);
    expect((await at.github.snapshot()).assets).toEqual([]);
    expect(await tagged("v1.0.0")).not.toBe("");
  });
});

describe("a release asset", () => {
  it("has the digest and size of the bytes that arrived, and gives them back to anyone once published", async () => {
    const { body } = await create({ tag_name: "v1.0.0", draft: true });
    const bytes = Buffer.from([0, 200, 13, 10, 255]);
    const asset = await upload(body.id, "rocket.bin", bytes);
    expect(asset).toMatchObject({
      code: 201,
      body: { size: 5, digest: `sha256:${createHash("sha256").update(bytes).digest("hex")}`, state: "uploaded" },
    });
    const address = `${at.github.apiUrl}${R}/releases/download/v1.0.0/rocket.bin`.replace("/repos/", "/");
    expect((await fetch(address)).status).toBe(404);
    await change(body.id, { draft: false });
    const url = String(
      Object((await at.ask("GET", `${R}/releases/assets/${asset.body.id}`)).body).browser_download_url,
    );
    expect(url).toBe(address);
    expect(Buffer.from(await (await fetch(url)).arrayBuffer())).toEqual(bytes);
  });

  it("is refused under a name that is taken, and leaves the first as it was", async () => {
    const { body } = await create({ tag_name: "v1.0.0", draft: true });
    const first = await upload(body.id, "a.txt", Buffer.from("one"));
    expect(await upload(body.id, "a.txt", Buffer.from("two"))).toMatchObject({
      code: 422,
      body: { errors: [{ resource: "ReleaseAsset", code: "already_exists", field: "name" }] },
    });
    expect((await at.ask("GET", `${R}/releases/assets/${first.body.id}`)).body.digest).toBe(first.body.digest);
  });

  it("is renamed by GitHub where a name has strange letters, and refused without name or bytes", async () => {
    const { body } = await create({ tag_name: "v1.0.0", draft: true });
    expect((await upload(body.id, "my file (1).txt")).body.name).toBe("my.file.1.txt");
    expect((await upload(body.id, "")).code).toBe(422);
    expect((await upload(body.id, "empty", Buffer.alloc(0))).code).toBe(422);
  });

  it("may be replaced by deleting it first", async () => {
    const { body } = await create({ tag_name: "v1.0.0", draft: true });
    const first = await upload(body.id, "a.txt");
    expect((await at.ask("DELETE", `${R}/releases/assets/${first.body.id}`)).code).toBe(204);
    expect((await upload(body.id, "a.txt")).code).toBe(201);
  });
});

describe("an immutable release", () => {
  beforeEach(async () => {
    await at.close();
    at = await aGitHub({ immutableReleases: true });
  });

  it("takes assets while it is a draft, and no change of them afterwards", async () => {
    const { body } = await create({ tag_name: "v1.0.0", draft: true });
    const asset = await upload(body.id, "a.txt");
    expect((await change(body.id, { draft: false })).body).toMatchObject({ immutable: true });
    expect((await upload(body.id, "b.txt")).code).toBe(422);
    expect((await at.ask("DELETE", `${R}/releases/assets/${asset.body.id}`)).code).toBe(422);
    expect((await at.ask("PATCH", `${R}/releases/assets/${asset.body.id}`, { body: { name: "c.txt" } })).code).toBe(
      422,
    );
    expect((await change(body.id, { tag_name: "v1.0.1" })).code).toBe(422);
  });

  it("keeps title and notes open to change", async () => {
    const { body } = await create({ tag_name: "v1.0.0" });
    expect((await change(body.id, { name: "Title", body: "Notes" })).body).toMatchObject({
      name: "Title",
      body: "Notes",
      immutable: true,
    });
  });

  it("burns its tag: it cannot be moved or deleted by API or push", async () => {
    await create({ tag_name: "floating", target_commitish: at.first });
    expect((await at.ask("PATCH", `${R}/git/refs/tags/floating`, { body: { sha: at.head } })).code).toBe(422);
    const remote = at.github.gitUrl.replace("http://", `http://x:${at.write}@`);
    await expect(at.git("push", remote, ":refs/tags/floating")).rejects.toThrow(/GH013[\s\S]*- Cannot delete this tag/);
  });

  it("that was deleted leaves a name that cannot be made again by API or push, in a ruleset's words, nor released", async () => {
    const { body } = await create({ tag_name: "floating", target_commitish: at.first });
    await at.ask("DELETE", `${R}/releases/${body.id}`);
    await at.git("--git-dir", at.gitDir, "update-ref", "-d", "refs/tags/floating");
    const restricted = "Cannot create ref due to creations being restricted.";
    expect(await at.ask("POST", `${R}/git/refs`, { body: { ref: "refs/tags/floating", sha: at.head } })).toMatchObject({
      code: 422,
      body: { message: `Repository rule violations found\n\n${restricted}\n\n` },
    });
    const remote = at.github.gitUrl.replace("http://", `http://x:${at.write}@`);
    await expect(at.git("push", remote, "HEAD:refs/tags/floating")).rejects.toThrow(
      /GH013[\s\S]*- Cannot create ref due to creations being restricted\.[\s\S]*\[remote rejected\]/,
    );
    await at.git("push", remote, "HEAD:refs/tags/free");
    expect(await create({ tag_name: "floating" })).toMatchObject({
      code: 422,
      body: { errors: [{ code: "custom", field: "tag_name", message: "tag_name was used by an immutable release" }] },
    });
  });
});
