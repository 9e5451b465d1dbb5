import { describe, expect, it } from "vitest";
import { decidingCode } from "#src/domain/verdict";
import type { PointerSighting, VersionSighting } from "#src/ports/package-channel";
import { aBuiltFile } from "#src/testing/build-builders";
import { aRelease } from "#src/testing/builders";
import { mayChange } from "./finding.ts";
import { judgePackage } from "./judge-package.ts";
import type { PackageExpectation } from "./package-kinds.ts";

const file = aBuiltFile();
const { sha256, sha512, size } = file;
const bytes = (digests: object) => [{ name: null, digests: { sha256, sha512, ...digests }, size }];
const served: VersionSighting = { seen: "served", files: bytes({}) };
const other: VersionSighting = { seen: "served", files: bytes({ sha256: "9".repeat(64) }) };
const corrupt: VersionSighting = { seen: "corrupt", because: "npm answered EINTEGRITY" };
const accepted: VersionSighting = { seen: "accepted", because: "listed" };
const absent: VersionSighting = { seen: "absent" };
const unknown: VersionSighting = { seen: "unknown", because: "npm answered E503" };

const judge = (
  version: VersionSighting,
  { pointers = named("1.1.0"), mode = "live", released = "1.1.0" }: Given = {},
) => judgePackage(expecting(mode, released), { version, pointers });

interface Given {
  pointers?: PointerSighting;
  mode?: "live" | "rehearsal";
  released?: string;
}

function expecting(mode: "live" | "rehearsal", version: string): PackageExpectation {
  const release = { ...aRelease({ mode }), tag: `v${version}`, version };
  return {
    channel: { id: "npm", kind: "npm", required: true, package: "tide", deadline: "15m" },
    release,
    files: [file],
  };
}

function named(latest: string): Map<string, string> {
  return new Map([["latest", latest]]);
}

describe("a version on the registry, live", () => {
  it("PUB-30: passes with the built bytes, and names the package with its digests as verified", () => {
    const finding = judge(served);
    expect(finding).toMatchObject({ standing: "live", checks: [{ result: "pass" }, { result: "pass" }] });
    expect(finding.subjects).toEqual([{ name: "tide@1.1.0", digest: { sha256: file.sha256, sha512: file.sha512 } }]);
  });

  it.each([
    ["PUB-30 F43: with other bytes fails at once", other, "fail", "publish.hash-mismatch", false],
    [
      "PUB-30: with another SHA-512 alone fails at once",
      { seen: "served", files: bytes({ sha512: "9".repeat(128) }) },
      "fail",
      "publish.hash-mismatch",
      false,
    ],
    [
      "PUB-30: with bytes that the registry itself does not announce fails at once",
      corrupt,
      "fail",
      "publish.hash-mismatch",
      false,
    ],
    ["PUB-31: without any trace is not live, which time may change", absent, "fail", "publish.not-live", true],
    [
      "PUB-31: accepted but not visible is late, which time may change",
      accepted,
      "inconclusive",
      "publish.live-timeout",
      true,
    ],
    [
      "ALL-08 PUB-06: that cannot be asked for is unknown, which time may change",
      unknown,
      "inconclusive",
      "publish.remote-unknown",
      true,
    ],
  ] as const)("%s", (_rule, sighting, result, code, open) => {
    const finding = judge(sighting);
    expect(finding.checks).toMatchObject([{ result, code }]);
    expect(finding.standing).toBe("open");
    expect(finding.subjects).toBeUndefined();
    expect(mayChange(finding)).toBe(open);
  });
});

describe("a version that was withdrawn", () => {
  const withdrawn = (files = bytes({})): VersionSighting => ({
    seen: "withdrawn",
    files,
    because: "deprecated: leaks",
  });

  it("PUB-36: is a result of its own, which stands at once", () => {
    const finding = judge(withdrawn());
    expect(finding.checks).toMatchObject([{ result: "fail", code: "publish.withdrawn" }]);
    expect(mayChange(finding)).toBe(false);
    expect(finding.subjects).toBeUndefined();
  });

  it("PUB-30: has other bytes first of all, where it has", () => {
    expect(decidingCode(judge(withdrawn(bytes({ sha256: "9".repeat(64) }))).checks)).toBe("publish.hash-mismatch");
  });

  it("ALL-09: is no version to publish again, although its bytes are the built ones", () => {
    expect(decidingCode(judge(withdrawn(), { mode: "rehearsal" }).checks)).toBe("publish.withdrawn");
  });
});

describe("what a look tells besides", () => {
  const look = (more: object) =>
    judgePackage(expecting("live", "1.1.0"), { version: absent, pointers: new Map(), ...more });

  it("PUB-31: is that nobody knew the name, and when the channel wants to be asked again", () => {
    const retryAt = new Date("2026-01-01T12:03:00Z");
    expect(look({ known: false, retryAt })).toMatchObject({ firstOfItsName: true, retryAt });
    expect(look({ known: true })).not.toHaveProperty("firstOfItsName");
    expect(look({})).not.toHaveProperty("firstOfItsName");
  });

  it.each([
    ["no file", []],
    ["no digest of a form that the build recorded", [{ name: null, digests: { registry: "h1:tide" }, size }]],
  ])("ALL-08: cannot be %s and live", (_what, files) => {
    const finding = judge({ seen: "served", files });
    expect(finding).toMatchObject({ standing: "open", checks: [{ code: "publish.remote-unknown" }] });
  });

  it("PUB-30: cannot be a second file of a version that is one", () => {
    const finding = judge({ seen: "served", files: [...bytes({}), { name: "tide-linux.tgz", digests: {}, size }] });
    expect(decidingCode(finding.checks)).toBe("publish.asset-extra");
    expect(mayChange(finding)).toBe(false);
  });
});

describe("a Go module", () => {
  const built = aBuiltFile({ name: "example.com/tide@v1.1.0", kind: "go-module", registry: "h1:built" });
  const judgeModule = (digests: object, latest = "1.1.0") => {
    const release = { ...aRelease(), tag: "v1.1.0", version: "1.1.0" };
    const channel = { id: "go", kind: "go", required: true, package: "example.com/tide", deadline: "10m" } as const;
    const version: VersionSighting = { seen: "served", files: [{ name: null, digests, size: 9 }] };
    return judgePackage({ channel, release, files: [built] }, { version, pointers: named(latest) });
  };

  it("PUB-30: is live by its sum, as its zip may be packed in many ways", () => {
    expect(judgeModule({ registry: "h1:built" })).toMatchObject({ standing: "live", checks: [{ result: "pass" }, {}] });
    expect(decidingCode(judgeModule({ registry: "h1:other" }).checks)).toBe("publish.hash-mismatch");
  });

  it("PUB-32: has a code of its own for a latest version that is older", () => {
    expect(decidingCode(judgeModule({ registry: "h1:built" }, "1.0.0").checks)).toBe("publish.latest-wrong");
  });
});

describe("the dist-tag latest", () => {
  it.each([
    ["PUB-32: passes when it names this version", "1.1.0", undefined],
    ["PUB-32: passes when it names a newer stable version", "1.10.0", undefined],
    ["PUB-30: fails when it names an older version", "1.0.0", "publish.dist-tag-wrong"],
    ["ALL-10: fails when it names an older version that sorts later as text", "1.0.9", "publish.dist-tag-wrong"],
    ["PUB-32: fails when it names a newer pre-release", "2.0.0-rc.1", "publish.dist-tag-wrong"],
    ["PUB-30: fails when it names what is no version", "newest", "publish.dist-tag-wrong"],
  ])("%s", (_rule, latest, code) => {
    expect(decidingCode(judge(served, { pointers: named(latest) }).checks)).toBe(code);
  });

  it("fails when there is none, and time may change that", () => {
    const finding = judge(served, { pointers: new Map() });
    expect(decidingCode(finding.checks)).toBe("publish.dist-tag-wrong");
    expect(mayChange(finding)).toBe(true);
  });

  it("ALL-08: is unknown when it cannot be asked for, although the bytes are right", () => {
    const finding = judge(served, { pointers: { unknown: "npm answered E503" } });
    expect(finding.checks).toMatchObject([
      { result: "pass" },
      { result: "inconclusive", code: "publish.remote-unknown" },
    ]);
  });

  it("is not asked of a pre-release", () => {
    expect(judge(served, { pointers: named("1.0.0"), released: "1.1.0-rc.1" }).checks).toHaveLength(1);
  });
});

describe("a version on the registry, rehearsed", () => {
  it("PUB-06: says what an absence does not prove: a private package looks the same to strangers", () => {
    const [check] = judge(absent, { mode: "rehearsal", pointers: named("1.0.0") }).checks;
    expect(check?.because).toMatch(
      /is free: the registry answers that it is not there, as it answers strangers of a private package$/,
    );
  });

  it.each([
    ["PUB-06: passes when it is free", absent, "planned", undefined],
    ["PUB-06 ALL-09: passes when it is there with the built bytes", served, "live", undefined],
    ["PUB-06 ALL-09 F43: fails when it is taken by other bytes", other, "open", "publish.exists-different"],
    ["ALL-09: fails when it is taken by broken bytes", corrupt, "open", "publish.exists-different"],
    ["ALL-09: fails when the registry has accepted it already", accepted, "open", "publish.exists-different"],
    ["ALL-08 F50: is unknown when it cannot be asked for", unknown, "open", "publish.remote-unknown"],
  ] as const)("%s", (_rule, sighting, standing, code) => {
    const finding = judge(sighting, { mode: "rehearsal", pointers: named("1.0.0") });
    expect(finding.standing).toBe(standing);
    expect(decidingCode(finding.checks)).toBe(code);
  });
});
