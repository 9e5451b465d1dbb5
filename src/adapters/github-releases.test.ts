import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { githubClient } from "#src/adapters/github-client";
import { githubReleases } from "#src/adapters/github-releases";
import { digestOfBytes } from "#src/domain/digest";
import type { Releases } from "#src/ports/releases";
import { aSha } from "#src/testing/builders";
import { FakeReleases } from "#src/testing/fake-releases";
import { ReleaseGround, startReleaseServer } from "#src/testing/release-server";

const bytes = new TextEncoder().encode("tarball");
const fields = { tag: "v1.1.0", sha: aSha(), body: "Notes.", prerelease: false };

const server = new ReleaseGround();
let stop: () => Promise<void>;
let adapter: Releases;

beforeAll(async () => {
  stop = await startReleaseServer(server);
  vi.stubEnv("GITHUB_API_URL", server.origin);
  adapter = githubReleases("token", "octo/tide", githubClient("token", false));
});

beforeEach(() => server.reset());

afterAll(async () => {
  vi.unstubAllEnvs();
  await stop();
});

function aFake(): Releases {
  const fake = new FakeReleases();
  fake.tags.set("v1.1.0", aSha());
  return fake;
}

describe.each<[name: string, of: () => Releases]>([
  ["the adapter", () => adapter],
  ["the fake", aFake],
])("releases, as %s keeps them", (_name, of) => {
  it("are found by tag while they are drafts", async () => {
    const releases = of();
    expect(await releases.ofTag("v1.1.0")).toEqual([]);
    const draft = await releases.createDraft(fields);
    expect(draft).toMatchObject({ tag: "v1.1.0", body: "Notes.", draft: true, prerelease: false, assets: [] });
    expect(await releases.ofTag("v1.1.0")).toEqual([draft]);
    expect(await releases.ofTag("v1.1")).toEqual([]);
  });

  it("hold the bytes that were uploaded, under their digest", async () => {
    const releases = of();
    const draft = await releases.createDraft(fields);
    const asset = await releases.upload(draft, { name: "tide-1.1.0.tgz", bytes });
    expect(asset).toMatchObject({ name: "tide-1.1.0.tgz", complete: true, digest: digestOfBytes(bytes) });
    expect((await releases.read(draft.id)).assets).toEqual([asset]);
    expect(new TextDecoder().decode(await releases.download(asset))).toBe("tarball");
  });

  it("refuse a second asset of the same name", async () => {
    const releases = of();
    const draft = await releases.createDraft(fields);
    await releases.upload(draft, { name: "a.tgz", bytes });
    await expect(releases.upload(draft, { name: "a.tgz", bytes })).rejects.toThrow();
  });

  it("are no drafts after publication", async () => {
    const releases = of();
    const draft = await releases.createDraft(fields);
    await releases.publish(draft, true);
    expect(await releases.read(draft.id)).toMatchObject({ draft: false, tag: "v1.1.0", body: "Notes." });
  });

  it("know the commit of a tag, and that there is no such tag", async () => {
    const releases = of();
    expect(await releases.commitOf("v1.1.0")).toBe(aSha());
    expect(await releases.commitOf("v9.9.9")).toBeUndefined();
  });
});

describe("the adapter of releases", () => {
  it("ALL-25: sends one request for each question and each write, and names the repository and the token", async () => {
    const draft = await adapter.createDraft(fields);
    await adapter.upload(draft, { name: "a b.tgz", bytes });
    await adapter.publish(draft, true);
    await adapter.read(draft.id);
    expect(server.seen.map(({ line }) => line)).toEqual([
      "POST /repos/octo/tide/releases",
      `POST /uploads/${draft.id}/assets?name=a%20b.tgz`,
      `PATCH /repos/octo/tide/releases/${draft.id}`,
      `GET /repos/octo/tide/releases/${draft.id}`,
    ]);
    expect(server.seen.every(({ token }) => token === "token token")).toBe(true);
    expect(new TextDecoder().decode(server.seen[1]?.body)).toBe("tarball");
  });

  it("PLN-26: leaves the mark of the latest release where it is, when told to", async () => {
    await adapter.publish(await adapter.createDraft(fields), false);
    expect(JSON.parse(new TextDecoder().decode(server.seen[1]?.body))).toMatchObject({ make_latest: "false" });
  });

  it("names the commit when it drafts, and lets GitHub choose the latest release when it publishes", async () => {
    await adapter.publish(await adapter.createDraft(fields), true);
    const sent = server.seen.map(({ body }) => JSON.parse(new TextDecoder().decode(body)));
    expect(sent[0]).toEqual({
      tag_name: "v1.1.0",
      target_commitish: aSha(),
      name: "v1.1.0",
      body: "Notes.",
      prerelease: false,
      draft: true,
    });
    expect(sent[1]).toEqual({ draft: false, make_latest: "legacy" });
  });

  it("reads on until a page holds the tag", async () => {
    server.padding = 100;
    const draft = await adapter.createDraft(fields);
    expect(await adapter.ofTag("v1.1.0")).toEqual([draft]);
    expect(server.seen.filter(({ line }) => line.startsWith("GET"))).toHaveLength(2);
  });

  it("finds a second release of the tag beyond the page of the first", async () => {
    server.padding = 99;
    const drafts = [await adapter.createDraft(fields), await adapter.createDraft(fields)];
    expect(await adapter.ofTag("v1.1.0")).toEqual(drafts);
  });

  it("gives up a list without an end, and never takes what it has seen for all", async () => {
    server.padding = 1_000_000;
    await expect(adapter.ofTag("v1.1.0")).rejects.toMatchObject({ code: "all.upstream-unreachable" });
    expect(server.seen).toHaveLength(100);
  });

  it("tells a digest that is not given, and an upload that broke off", async () => {
    const draft = await adapter.createDraft(fields);
    const asset = { id: 9, name: "old.tgz", state: "starter", digest: null, bytes };
    server.releases[0]?.assets.push(asset);
    expect((await adapter.read(draft.id)).assets).toEqual([{ id: 9, name: "old.tgz", complete: false, digest: null }]);
  });

  it("never sends a write twice: without an answer it may have happened", async () => {
    server.answer = { code: 502, body: { message: "Bad Gateway" } };
    await expect(adapter.createDraft(fields)).rejects.toMatchObject({ code: "all.upstream-unreachable" });
    expect(server.seen).toHaveLength(1);
  });

  it.each([
    [401, "Bad credentials", "all.auth-unhealthy"],
    [403, "Resource not accessible by integration", "all.permission-missing"],
    [403, "API rate limit exceeded", "all.rate-limited"],
    [422, "Validation Failed", "all.upstream-unreachable"],
  ])("HTTP %i (%s) on a write is the failure %s", async (code, message, expected) => {
    server.answer = { code, body: { message } };
    await expect(adapter.createDraft(fields)).rejects.toMatchObject({ code: expected });
  });

  it("an answer of another form is a failure, never a release", async () => {
    server.answer = { code: 200, body: [{ id: "one" }] };
    await expect(adapter.ofTag("v1.1.0")).rejects.toMatchObject({ code: "all.upstream-unreachable" });
  });
});
