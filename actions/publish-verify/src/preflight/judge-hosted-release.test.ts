import { describe, expect, it } from "vitest";
import { digestOfBytes } from "#src/domain/digest";
import { Failure } from "#src/domain/failure";
import { aBuiltFile } from "#src/testing/build-builders";
import { FakeReleases } from "#src/testing/fake-releases";
import { sitPreflight } from "../testing/preflight-scene.ts";

const built = ["tide linux.tar.gz", "checksums.txt"].map((name) =>
  aBuiltFile({
    name,
    kind: "archive",
    package: null,
    sha256: digestOfBytes(new TextEncoder().encode(name)).slice("sha256:".length),
  }),
);
const whole = { "tide.linux.tar.gz": "tide linux.tar.gz", "checksums.txt": "checksums.txt" };

async function sit(releases = new FakeReleases()) {
  const found = await sitPreflight({
    channel: { kind: "github-release" },
    config: { report: { "github-release": false } },
    files: built,
    releases,
  });
  const { live, planned } = found.report.outputs ?? {};
  return { ...found, standing: live === "one" ? "live" : planned === "one" ? "planned" : "open" };
}

function holding(fields: object, files: Record<string, string>, faults = {}): FakeReleases {
  const releases = new FakeReleases(faults);
  releases.put(fields, files);
  return releases;
}

describe("the GitHub release of the tag, before the job publishes one", () => {
  it.each<[what: string, releases: FakeReleases, standing: string, code: string | undefined]>([
    ["is not there", new FakeReleases(), "planned", undefined],
    ["is published with the built files", holding({ draft: false }, whole), "live", undefined],
    [
      "is published with the built files and the report of a verdict",
      holding({ draft: false }, { ...whole, "verdict.json": "{}" }),
      "live",
      undefined,
    ],
    ["is a draft with every built file", holding({}, whole), "planned", undefined],
    [
      "is a draft that lacks a file",
      holding({}, { "checksums.txt": "checksums.txt" }),
      "open",
      "build.release-exists-different",
    ],
    ["is an empty draft", holding({}, {}), "open", "build.release-exists-different"],
    [
      "is published without a file",
      holding({ draft: false }, { "checksums.txt": "checksums.txt" }),
      "open",
      "build.release-exists-different",
    ],
    [
      "is published with other bytes",
      holding({ draft: false }, { ...whole, "checksums.txt": "others" }),
      "open",
      "build.release-exists-different",
    ],
    [
      "is published with a file that nobody built",
      holding({ draft: false }, { ...whole, "extra.zip": "x" }),
      "open",
      "build.release-exists-different",
    ],
    [
      "does not tell its digests",
      holding({ draft: false }, whole, { hidesDigests: true }),
      "open",
      "publish.remote-unknown",
    ],
  ])("BLD-04 PUB-06: when it %s", async (_what, releases, standing, code) => {
    const found = await sit(releases);
    expect([found.standing, found.code]).toEqual([standing, code]);
  });

  it("BLD-04: is one of two, and neither is taken for it", async () => {
    const releases = holding({ draft: false }, whole);
    releases.put({}, whole);
    expect((await sit(releases)).code).toBe("build.release-exists-different");
  });

  it("BLD-04: names what differs, and that nothing of it can change", async () => {
    const { checkOf } = await sit(holding({ draft: false, immutable: true }, { "checksums.txt": "others" }));
    expect(checkOf("one:version")?.because).toBe(
      "expected no release of v1.1.0 or one with the built files, found an immutable release: checksums.txt has other bytes; tide linux.tar.gz is missing",
    );
  });

  it("BLD-04 ALL-08: has a file whose upload broke off, and is not whole", async () => {
    const releases = holding({}, whole);
    for (const asset of releases.held[0]?.assets ?? []) asset.complete = false;
    expect((await sit(releases)).checkOf("one:version")?.because).toContain("has not come to its end");
  });

  it("BLD-04 ALL-08: is unknown when GitHub does not answer", async () => {
    const releases = new FakeReleases();
    const failure = { kind: "upstream", code: "all.upstream-unreachable", message: "no answer", hint: "" } as const;
    releases.ofTag = () => Promise.reject(new Failure(failure));
    expect((await sit(releases)).code).toBe("publish.remote-unknown");
  });
});
