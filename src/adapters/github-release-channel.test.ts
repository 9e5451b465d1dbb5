import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { digestOfBytes } from "#src/domain/digest";
import { aBuiltFile } from "#src/testing/build-builders";
import { ReleaseGround, startReleaseServer } from "#src/testing/release-server";
import { githubReleaseChannel } from "./github-release-channel.ts";

const server = new ReleaseGround();
const bytes = new TextEncoder().encode("archive");
const sha256 = digestOfBytes(bytes).replace("sha256:", "");
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

describe("the release of a tag that GitHub is asked for", () => {
  it("PUB-30: is served with each asset by digest and size, and with the latest release", async () => {
    host("v1.1.0", [asset("tide.tar.gz")]);
    expect(await look()).toEqual({
      version: { seen: "served", files: [{ name: "tide.tar.gz", digests: { sha256 }, size: bytes.byteLength }] },
      pointers: new Map([["latest", "1.1.0"]]),
    });
  });

  it("PUB-30: tells the digest of an asset from its bytes where GitHub does not tell it", async () => {
    host("v1.1.0", [asset("tide.tar.gz", { digest: null })]);
    expect((await look()).version).toMatchObject({ files: [{ digests: { sha256 } }] });
  });

  it("PUB-30: shows an asset under the name of the built file, and leaves the verdict's reports out", async () => {
    const names = ["tide.x.tar.gz", "verdict.json", "report.html", "verdict-0123456789ab.json"];
    host(
      "v1.1.0",
      names.map((name) => asset(name)),
    );
    const { version } = await look(["tide x.tar.gz"]);
    expect(version).toMatchObject({ files: [{ name: "tide x.tar.gz" }] });
  });

  it("PUB-32: tells which version the latest release is, whatever this one is", async () => {
    host("v1.1.0", []);
    host("v1.2.0-rc.1", [], { prerelease: true });
    host("v1.0.9", []);
    expect((await look()).pointers).toEqual(new Map([["latest", "1.0.9"]]));
  });

  it("PUB-31: is absent where there is none, accepted as a draft and while an asset is uploaded", async () => {
    expect((await look()).version).toEqual({ seen: "absent" });
    host("v1.1.0", [], { draft: true });
    expect((await look()).version).toEqual({ seen: "accepted", because: "the release of v1.1.0 is still a draft" });
    server.reset();
    host("v1.1.0", [asset("tide.tar.gz", { state: "starter" })]);
    expect((await look()).version).toMatchObject({ seen: "accepted", because: expect.stringContaining("tide.tar.gz") });
  });

  it("PUB-31: is unknown where GitHub refuses, and without a token", async () => {
    server.answer = { code: 401, body: { message: "Bad credentials" } };
    expect((await look()).version.seen).toBe("unknown");
    server.answer = undefined;
    const tokenless = await githubReleaseChannel("", "octo/tide").look(wanted([]));
    expect(tokenless.version.seen).toBe("unknown");
  });
});

type Stored = (typeof server.releases)[number];

function host(tag: string, assets: Stored["assets"], changes: Partial<Stored> = {}): void {
  server.releases.push({ id: nextId++, tag_name: tag, body: "", draft: false, prerelease: false, assets, ...changes });
}

function asset(name: string, changes: Partial<Stored["assets"][number]> = {}): Stored["assets"][number] {
  return { id: nextId++, name, state: "uploaded", digest: digestOfBytes(bytes), bytes, ...changes };
}

const wanted = (names: string[]) => {
  const files = names.map((name) => aBuiltFile({ name, kind: "archive", package: null }));
  return { name: "release", version: "1.1.0", tag: "v1.1.0", files };
};

const look = (names = ["tide.tar.gz"]) => githubReleaseChannel("token", "octo/tide").look(wanted(names));
