import { describe, expect, it } from "vitest";
import { type Check, conclude, decidingCode } from "#src/domain/verdict";
import type { NpmLook, VersionSighting } from "#src/ports/npm-registry";
import { aBuild, aBuiltFile } from "#src/testing/build-builders";
import { aContext, anArrival, aRecord, aRelease, aSha } from "#src/testing/builders";
import { FakeNpmRegistry, FakeTagContent } from "#src/testing/fake-channels";
import { fakeClock } from "#src/testing/fake-clock";
import { publishVerify } from "./publish-verify.ts";

const file = aBuiltFile();
const treeFile = aBuiltFile({ name: "dist/a.js", kind: "git-tree", package: null });
const given = { "release-mode": "live", records: "", mode: "live", "github-token": "" } as const;
const npm = { id: "npm", kind: "npm", package: "tide" };
const gitTag = { id: "action", kind: "git-tag" };

const look = (version: VersionSighting, latest = "1.1.0"): NpmLook => ({
  version,
  tags: new Map([["latest", latest]]),
});
const served = look({ seen: "served", sha256: file.sha256, sha512: file.sha512, size: 3 });
const absent = look({ seen: "absent" }, "1.0.0");
const accepted = look({ seen: "accepted", because: "listed" });
const unknown = look({ seen: "unknown", because: "npm answered E503" });
const other = look({ seen: "served", sha256: "9".repeat(64), sha512: file.sha512, size: 3 });

interface Scene {
  channels?: object[];
  built?: (typeof file)[];
  mode?: "live" | "rehearsal";
  tag?: Parameters<typeof aRecord>[0];
  looks?: NpmLook[];
  content?: FakeTagContent;
}

async function sit({ channels = [npm], built = [file], mode = "live", tag = {}, looks = [served], content }: Scene) {
  const release = aRelease({ mode });
  const others = [anArrival(aRecord({ stage: "auto-tag", release, ...tag })), aBuild(built, { release })];
  const ports = {
    registry: new FakeNpmRegistry(...looks),
    content: content ?? new FakeTagContent(),
    clock: fakeClock(),
  };
  const report = await publishVerify(given, aContext({ channels }, others, release), ports);
  const attachment = JSON.parse(String(report.attachments?.[0]?.content));
  return {
    report,
    ports,
    code: decidingCode(report.checks),
    channels: attachment.channels,
    waited: total(ports.clock.sleeps),
  };
}

const total = (sleeps: number[]) => sleeps.reduce((sum, one) => sum + one, 0);
const minutes = (count: number) => count * 60_000;
const resultOf = (checks: Check[], id: string) => checks.find((check) => check.id === id)?.result;

describe("publish-verify, live", () => {
  it("PUB-30: passes at the first look when users get the built bytes", async () => {
    const { report, waited } = await sit({});
    expect(conclude(report.checks).result).toBe("pass");
    expect(waited).toBe(0);
    expect(report.subjects).toEqual([{ name: "tide@1.1.0", digest: { sha256: file.sha256, sha512: file.sha512 } }]);
    expect(report.outputs).toEqual({ live: "npm", planned: "" });
  });

  it("PUB-31 F46: waits for a version that lags, and records every look with its instant", async () => {
    const { report, ports, channels } = await sit({ looks: [absent, accepted, unknown, served] });
    expect(conclude(report.checks).result).toBe("pass");
    expect(ports.clock.sleeps).toEqual([10_000, 15_000, 22_500]);
    expect(channels[0].observations.map(({ at, seen }: { at: string; seen: string }) => [at, seen])).toEqual([
      ["2026-01-01T12:00:00Z", "absent"],
      ["2026-01-01T12:00:10Z", "accepted"],
      ["2026-01-01T12:00:25Z", "unknown"],
      ["2026-01-01T12:00:47Z", "served"],
    ]);
  });

  it.each([
    ["never accepted is not live", absent, "publish.not-live", "fail"],
    ["accepted but not visible is late", accepted, "publish.live-timeout", "inconclusive"],
    ["that cannot be asked for is unknown", unknown, "publish.remote-unknown", "inconclusive"],
    ["whose dist-tag never moves is wrong", look(served.version, "1.0.0"), "publish.dist-tag-wrong", "fail"],
  ])("PUB-31: a version %s, after exactly the channel's deadline", async (_what, seen, code, result) => {
    const found = await sit({ looks: [seen], channels: [{ ...npm, deadline: "3m" }] });
    expect(found.code).toBe(code);
    expect(conclude(found.report.checks).result).toBe(result);
    expect(found.waited).toBe(minutes(3));
  });

  it("PUB-31: other bytes fail at once, however long the deadline", async () => {
    const { code, waited, ports } = await sit({ looks: [other, served] });
    expect([code, waited, ports.registry.asked.length]).toEqual(["publish.hash-mismatch", 0, 1]);
  });

  it("takes the last look as the answer: a registry that fell silent is unknown, not absent", async () => {
    expect((await sit({ looks: [absent, unknown] })).code).toBe("publish.remote-unknown");
    expect((await sit({ looks: [unknown, absent] })).code).toBe("publish.not-live");
  });

  it("ALL-12: an optional channel that fails is reported and does not decide", async () => {
    const optional = { id: "mirror", kind: "npm", package: "tide", required: false };
    const { report } = await sit({ channels: [npm, optional], looks: [served, other] });
    expect(conclude(report.checks).result).toBe("pass");
    expect(resultOf(report.checks, "mirror:live")).toBe("fail");
    expect(report.outputs).toMatchObject({ live: "npm" });
  });

  it.each([
    ["without any channel", []],
    ["with optional channels only", [{ ...npm, required: false }]],
  ])("is inconclusive %s", async (_what, channels) => {
    const { report, code } = await sit({ channels });
    expect([conclude(report.checks).result, code]).toEqual(["inconclusive", "publish.no-channel"]);
  });

  it.each([
    ["publish.files-empty", [aBuiltFile({ package: "other" })]],
    ["build.artifact-duplicate", [file, aBuiltFile({ name: "tide-linux.tgz" })]],
  ])(
    "BLD-16: ends with %s and asks nothing when the build does not name one tarball of the package",
    async (code, built) => {
      const found = await sit({ built });
      expect([found.code, found.ports.registry.asked]).toEqual([code, []]);
    },
  );

  it("PUB-30: verifies the tree of a tag", async () => {
    const tree = { seen: "served", commit: aSha(), digests: new Map([["dist/a.js", treeFile.sha256]]) } as const;
    const content = new FakeTagContent({ "refs/tags/v1.1.0": tree });
    const { report } = await sit({ channels: [gitTag], built: [treeFile], content });
    expect(conclude(report.checks).result).toBe("pass");
    expect(report.subjects).toEqual([{ name: "refs/tags/v1.1.0", digest: { gitCommit: aSha() } }]);
  });

  it("waits for a tag no longer than its deadline", async () => {
    const { code, waited } = await sit({ channels: [gitTag], built: [treeFile] });
    expect([code, waited]).toEqual(["publish.not-live", minutes(2)]);
  });

  it("fails when a git-tag channel has no built file to compare", async () => {
    expect((await sit({ channels: [gitTag] })).code).toBe("publish.files-empty");
  });

  it("BLD-18: asks nothing when the tag did not pass", async () => {
    const { code, ports } = await sit({ tag: { verdict: { result: "fail", "decided-by": ["tag"] } } });
    expect([code, ports.registry.asked]).toEqual(["all.evidence-mismatch", []]);
  });

  it("BLD-18: is stopped by a missing record of the build", async () => {
    const ports = { registry: new FakeNpmRegistry(served), content: new FakeTagContent(), clock: fakeClock() };
    const context = aContext({ channels: [npm] }, [anArrival(aRecord({ stage: "auto-tag" }))]);
    await expect(publishVerify(given, context, ports)).rejects.toMatchObject({ code: "all.evidence-missing" });
  });
});

describe("publish-verify, rehearsed", () => {
  it.each([
    ["PUB-06: a free version passes as planned", absent, undefined, { live: "", planned: "npm" }],
    ["ALL-09: a version with the built bytes passes as live", served, undefined, { live: "npm", planned: "" }],
    ["ALL-09: a version with other bytes fails", other, "publish.exists-different", { live: "", planned: "" }],
    ["ALL-08: an unanswered question is unknown", unknown, "publish.remote-unknown", { live: "", planned: "" }],
  ])("%s, without waiting", async (_rule, seen, code, outputs) => {
    const found = await sit({ mode: "rehearsal", looks: [seen] });
    expect(found.code).toBe(code);
    expect(found.report.outputs).toEqual(outputs);
    expect(found.waited).toBe(0);
  });

  it("looks at the commit itself while its tag is still to be created", async () => {
    const tree = { seen: "served", commit: aSha(), digests: new Map([["dist/a.js", treeFile.sha256]]) } as const;
    const content = new FakeTagContent({ [aSha()]: tree });
    const { report } = await sit({ mode: "rehearsal", channels: [gitTag], built: [treeFile], content });
    expect(report.outputs).toEqual({ live: "", planned: "action" });
    expect(content.asked).toEqual(["refs/tags/v1.1.0", aSha()]);
  });
});
