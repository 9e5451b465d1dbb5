import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { digestOfBytes } from "#src/domain/digest";
import { aBuiltFile } from "#src/testing/build-builders";
import { aGitHub, type Fixture } from "../../rehearsal/github/testing.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const files = ["tide_linux_amd64.tar.gz", "checksums.txt"];

let at: Fixture;

beforeAll(async () => {
  at = await aGitHub();
  // The client fixes its base address when it is loaded, so it is loaded after this line.
  vi.stubEnv("GITHUB_API_URL", at.github.apiUrl);
  for (const tag of ["v1.0.0", "v1.1.0"]) await at.git("tag", tag);
  await at.git("push", "--quiet", at.gitDir, "--tags");
});
afterAll(async () => {
  vi.unstubAllEnvs();
  expect(at.github.problems()).toEqual([]);
  await at.close();
});

describe("a GitHub release that a workflow publishes itself", () => {
  it("PUB-31: is absent for who may only read until it is published, and accepted for who may write", async () => {
    expect((await look("v1.1.0")).version).toEqual({ seen: "absent" });
    await draft("v1.1.0", files);
    expect((await look("v1.1.0")).version).toEqual({ seen: "absent" });
    expect((await look("v1.1.0", "write")).version).toMatchObject({ seen: "accepted" });
  });

  it("PUB-30 PUB-32: is served with every asset by digest and size, and is the latest release", async () => {
    await publish("v1.1.0");
    const served = files.map((name) => ({
      name,
      digests: { sha256: digestOfBytes(bytes(name)).replace("sha256:", "") },
      size: name.length,
    }));
    expect(await look("v1.1.0")).toEqual({
      version: { seen: "served", files: served },
      pointers: new Map([["latest", "1.1.0"]]),
    });
  });

  it("PUB-32: is told apart from a latest release that is another one", async () => {
    await draft("v1.0.0", []);
    await publish("v1.0.0");
    expect((await look("v1.0.0")).version).toEqual({ seen: "served", files: [] });
    expect((await look("v1.1.0")).pointers).toEqual(new Map([["latest", "1.0.0"]]));
  });
});

const tokenFor = (contents: "read" | "write") => at.github.issueToken({ permissions: { contents } });

async function look(tag: string, contents: "read" | "write" = "read") {
  const { githubReleaseChannel } = await import("#src/adapters/github-release-channel");
  const built = files.map((name) => aBuiltFile({ name, kind: "archive", package: null }));
  const wanted = { name: "release", version: tag.slice(1), tag, files: built };
  return githubReleaseChannel(tokenFor(contents), "acme/rocket").look(wanted);
}

async function writer() {
  const { githubReleases } = await import("#src/adapters/github-releases");
  return githubReleases(tokenFor("write"), "acme/rocket");
}

async function draft(tag: string, names: string[]): Promise<void> {
  const releases = await writer();
  const release = await releases.createDraft({ tag, sha: at.head, body: "Notes.", prerelease: false });
  for (const name of names) await releases.upload(release, { name, bytes: bytes(name) });
}

async function publish(tag: string): Promise<void> {
  const releases = await writer();
  for (const release of await releases.ofTag(tag)) await releases.publish(release, true);
}
