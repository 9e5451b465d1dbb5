import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { githubVerifiedReleases } from "#src/adapters/github-verified-releases";
import type { WhichRelease } from "#src/ports/verified-releases";
import { ReleaseGround, startReleaseServer } from "#src/testing/release-server";

const server = new ReleaseGround();
let stop: () => Promise<void>;
let nextId = 1;

beforeAll(async () => {
  stop = await startReleaseServer(server);
  vi.stubEnv("GITHUB_API_URL", server.origin);
});

beforeEach(() => server.reset());

afterAll(async () => {
  vi.unstubAllEnvs();
  await stop();
});

describe("the evidence of a published release", () => {
  it("is read by tag, those assets alone that are asked for", async () => {
    host("v1.1.0", ["verified.json", "verdict.json", "tide.tgz"]);
    host("v1.0.0", ["verified.json"]);
    const found = await find({ tag: "v1.1.0" });
    expect([found?.tag, texts(found)]).toEqual(["v1.1.0", ["verified.json of v1.1.0", "verdict.json of v1.1.0"]]);
    expect(texts(await find({ tag: "v1.0.0" }))).toEqual(["verified.json of v1.0.0"]);
  });

  it("is that of the newest stable release, or of one before it, where no tag is named; one without any is not passed over", async () => {
    host("v2.0.0-rc.1", ["verified.json"], { prerelease: true });
    host("v1.2.0", ["verified.json"], { draft: true });
    host("v1.1.1", ["tide.tgz"]);
    host("v1.1.0", ["verified.json"]);
    const newest = await find({ before: 0 });
    expect([newest?.tag, texts(newest)]).toEqual(["v1.1.1", []]);
    expect((await find({ before: 1 }))?.tag).toBe("v1.1.0");
    expect(await find({ before: 2 })).toBeUndefined();
  });

  it("is nowhere for a tag without a published release", async () => {
    host("v1.1.0", ["verified.json"], { draft: true });
    expect(await find({ tag: "v1.1.0" })).toBeUndefined();
    expect(await find({ before: 0 })).toBeUndefined();
  });

  it("throws where GitHub refuses", async () => {
    server.answer = { code: 401, body: { message: "Bad credentials" } };
    await expect(find({ before: 0 })).rejects.toMatchObject({ code: "all.auth-unhealthy" });
  });
});

const find = (which: WhichRelease) =>
  githubVerifiedReleases("token", "octo/tide").find(which, ["verified.json", "verdict.json"]);

function texts(found: Awaited<ReturnType<typeof find>>): string[] {
  return [...(found?.documents.values() ?? [])].map((bytes) => new TextDecoder().decode(bytes));
}

function host(tag: string, names: string[], changes: { draft?: boolean; prerelease?: boolean } = {}): void {
  const assets = names.map((name) => {
    const bytes = new TextEncoder().encode(`${name} of ${tag}`);
    return { id: nextId++, name, state: "uploaded", digest: null, bytes };
  });
  server.releases.push({ id: nextId++, tag_name: tag, body: "", draft: false, prerelease: false, assets, ...changes });
}
