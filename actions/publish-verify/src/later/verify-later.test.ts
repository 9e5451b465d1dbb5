import { describe, expect, it } from "vitest";
import { configSchema } from "#src/contract/config/schema";
import { canonicalJson, digestOf } from "#src/domain/digest";
import { conclude, decidingCode } from "#src/domain/verdict";
import type { ChannelLook, VersionSighting } from "#src/ports/package-channel";
import type { PublishedEvidence, WhichRelease } from "#src/ports/verified-releases";
import { suiteVersion } from "#src/suite-version";
import { aBuiltFile } from "#src/testing/build-builders";
import { anArrival, aRecord, aRelease, aSha } from "#src/testing/builders";
import { FakePackageChannel, FakeTagContent } from "#src/testing/fake-channels";
import { fakeClock } from "#src/testing/fake-clock";
import { FakeFormulae, FakeServedBytes } from "#src/testing/fake-formulae";
import { FakeLedgerStore } from "#src/testing/fake-ledger-store";
import { aVerdict } from "#src/testing/release-story";
import { channelPorts } from "../testing/channel-ports.ts";
import { aFormula, archives, assetOf, digestFor, platforms } from "../testing/formula-scene.ts";
import { verifyLater } from "./verify-later.ts";

const file = aBuiltFile();
const { sha256, sha512 } = file;
const npm = { id: "npm", kind: "npm", package: "tide" };
const release = { ...aRelease(), tag: "v1.1.0", version: "1.1.0" };

const seen = (version: VersionSighting): ChannelLook => ({ version, pointers: new Map([["latest", "1.1.0"]]) });
const taps = { "Formula/tide.rb": { seen: "served" as const, commit: "c0ffee", text: aFormula() } };
const downloads = Object.fromEntries(
  platforms.map((one) => [assetOf(one), { seen: "served" as const, sha256: digestFor(one), size: 3 }]),
);
const bytes = (digest = sha256) => [{ name: null, digests: { sha256: digest, sha512 }, size: 3 }];
const served = seen({ seen: "served", files: bytes() });

interface Scene {
  looks?: ChannelLook[];
  tag?: string;
  verified?: object;
  verdict?: object;
  /** Where the evidence lies: among the release's assets, with a run of the tag's commit, or nowhere. */
  evidence?: "assets" | "run" | "nowhere";
  /** Whether that run was started from another commit than the tag's, below which a commit set the version. */
  tagBelow?: boolean;
  /** Whether a release is published at all. */
  published?: boolean;
  /** What the verdict of that run is about. */
  released?: string;
  rehearsed?: boolean;
  config?: object;
  mode?: "live" | "rehearsal";
}

async function sit(scene: Scene = {}) {
  const { looks = [served], tag = "", verified = {}, verdict = {}, published = true, mode = "live" } = scene;
  const { evidence = "assets", released: about = "v1.1.0", rehearsed = false, tagBelow = false } = scene;
  const config = configSchema.parse({ channels: [npm], report: { "github-release": false }, ...scene.config });
  const policy = digestOf(config);
  const document = {
    ...{ schema: "seaworthy-verified/1", release, policy, config, targets: null, files: [file] },
    ...verified,
  };
  const subjects = [{ name: file.name, digest: { sha256 } }];
  const told = aVerdict({ release, policy, subjects, verdict: "Released", ...verdict });
  const encode = (value: unknown) => new TextEncoder().encode(canonicalJson(value));
  const documents = new Map([
    ["verified.json", encode(document)],
    ["verdict.json", encode(told)],
  ]);
  const asked: WhichRelease[] = [];
  const concluded = { ...release, tag: about, mode: rehearsed ? ("rehearsal" as const) : ("live" as const) };
  const kept = anArrival(
    aRecord({ stage: "verdict", release: concluded, run: { id: "7", attempt: 1, job: "job", url: "" } }),
    Object.fromEntries([...documents].map(([name, content]) => [name, new TextDecoder().decode(content)])),
  );
  const runs: Record<string, FakeLedgerStore> = { 7: new FakeLedgerStore(evidence === "run" ? [kept] : []) };
  const found: PublishedEvidence = { tag: "v1.1.0", documents: evidence === "assets" ? documents : new Map() };
  const tagged = {
    "refs/tags/v1.1.0": { seen: "served" as const, commit: aSha(), digests: new Map<string, string>() },
  };
  const ports = {
    ...channelPorts(new FakePackageChannel(...looks), new FakeTagContent(tagged)),
    ...{ formulae: new FakeFormulae(taps), bytes: new FakeServedBytes(downloads) },
    clock: fakeClock(),
    verified: {
      find: async (which: WhichRelease) => {
        asked.push(which);
        return published ? found : undefined;
      },
    },
    runs: { on: async () => (tagBelow ? ["8"] : ["8", "7"]), tagged: async () => (tagBelow ? ["8", "7"] : []) },
    earlier: (run: string) => runs[run] ?? new FakeLedgerStore(),
  };
  const expected = { repository: release.repository, runId: "9", mode, suite: suiteVersion };
  const report = await verifyLater(tag, { ledger: { admitted: [], refused: [] }, expected }, ports);
  return { report, asked, code: decidingCode(report.checks), waited: ports.clock.sleeps.length };
}

describe("a release that is verified again later", () => {
  it("PUB-30: passes while users still get what was built, and speaks for that release and its policy", async () => {
    const { report, asked } = await sit();
    expect(conclude(report.checks).result).toBe("pass");
    expect(report.release).toEqual(release);
    const config = report.attachments?.find(({ name }) => name === "config.json");
    expect(digestOf(JSON.parse(String(config?.content)))).toBe(report.policy);
    expect(asked).toEqual([{ before: 0 }]);
  });

  it.each<[tag: string, which: WhichRelease]>([
    ["newest", { before: 0 }],
    ["newest~2", { before: 2 }],
    ["v1.1.0", { tag: "v1.1.0" }],
    ["newest-1.0", { tag: "newest-1.0" }],
  ])("PUB-30: is the one that %s names, under a leg of its own", async (tag, which) => {
    const { report, asked } = await sit({ tag });
    expect([asked, report.leg]).toEqual([[which], "later-v1.1.0"]);
  });

  it.each<[string, VersionSighting, string]>([
    ["other bytes", { seen: "served", files: bytes("9".repeat(64)) }, "publish.hash-mismatch"],
    ["nothing any more", { seen: "absent" }, "publish.not-live"],
    ["a withdrawn version", { seen: "withdrawn", files: bytes(), because: "yanked" }, "publish.withdrawn"],
    ["no answer", { seen: "unknown", because: "HTTP 503" }, "publish.remote-unknown"],
  ])("PUB-30 PUB-36: blocks when the channel serves %s", async (_what, version, expected) => {
    expect((await sit({ looks: [seen(version)] })).code).toBe(expected);
  });

  it("PUB-31: waits out a channel that is down for a moment before it says anything", async () => {
    const { code, waited } = await sit({ looks: [seen({ seen: "unknown", because: "HTTP 503" }), served] });
    expect([code, waited]).toEqual([undefined, 1]);
  });

  it("PUB-30: looks at the assets of the GitHub release too, where the verdict has written it", async () => {
    const { report } = await sit({ config: { report: { "github-release": true } } });
    expect(report.checks.map(({ id }) => id)).toContain("github-release:live");
  });

  const tap = { id: "tap", kind: "homebrew", formula: "Formula/tide.rb" };
  const offer = (platform: string) => ({ channel: "tap", platform, support: "official" });
  const targets = (...offers: object[]) => ({ schema: "seaworthy-targets/1", targets: [{ id: "all", offers }] });
  it.each<[what: string, declared: object, code: string | undefined]>([
    ["all declared platforms", targets(...platforms.map(offer)), undefined],
    [
      "no longer each declared platform",
      targets(offer("linux_amd64"), offer("linux_arm64")),
      "publish.platform-missing",
    ],
  ])(
    "PUB-30: looks for the platforms that the release was declared for: a formula with %s",
    async (_what, declared, code) => {
      const files = archives();
      const subjects = files.map((one) => ({ name: one.name, digest: { sha256: one.sha256 } }));
      const scene = { config: { channels: [tap] }, verified: { files, targets: declared }, verdict: { subjects } };
      expect((await sit(scene)).code).toBe(code);
    },
  );

  it("judges a published version as one also in a rehearsal, and records the run's own mode", async () => {
    const { report, code } = await sit({ mode: "rehearsal", looks: [seen({ seen: "absent" })] });
    expect([code, report.release?.mode]).toEqual(["publish.not-live", "rehearsal"]);
  });

  it.each<[string, Scene]>([
    ["of another commit", { verdict: { release: { ...release, sha: "b".repeat(40) } } }],
    ["of another tag", { verified: { release: { ...release, tag: "v1.0.0" } } }],
    ["of another repository", { verified: { release: { ...release, repository: "octo/other" } } }],
    ["whose verdict did not release it", { verdict: { verdict: "Aborted" } }],
    ["whose configuration was changed", { verified: { config: configSchema.parse({ channels: [] }) } }],
    ["whose files the verdict does not name", { verified: { files: [aBuiltFile({ sha256: "8".repeat(64) })] } }],
    ["in another form", { verified: { schema: "seaworthy-verified/0" } }],
  ])("ALL-07: believes no evidence %s", async (_what, scene) => {
    await expect(sit(scene)).rejects.toMatchObject({ code: "all.evidence-mismatch" });
  });

  it.each<[string, Scene]>([
    ["which a job of the consumer has published", { evidence: "run" }],
    ["of which there is no GitHub release", { evidence: "run", published: false, tag: "v1.1.0" }],
    ["whose tag stands on the commit that set the version, below its run,", { evidence: "run", tagBelow: true }],
  ])("PUB-30: reads the evidence of a release %s with the run that released it", async (_what, scene) => {
    const { report } = await sit(scene);
    expect([conclude(report.checks).result, report.release?.tag]).toEqual(["pass", "v1.1.0"]);
  });

  it.each<[string, Scene, RegExp]>([
    ["a tag that is nowhere", { published: false, tag: "v9.9.9" }, /found neither/],
    ["so many releases", { published: false, tag: "newest~5" }, /found fewer/],
    ["evidence anywhere", { evidence: "nowhere" }, /run 8 has no verdict; run 7 has no verdict/],
    ["evidence of that tag", { evidence: "run", released: "v1.0.9" }, /run 7 did not release v1.1.0/],
    ["evidence of a live release", { evidence: "run", rehearsed: true }, /verdict of run 7: expected mode/],
  ])("ALL-08: cannot tell without %s", async (_what, scene, because) => {
    const sitting = sit(scene);
    await expect(sitting).rejects.toMatchObject({ code: "all.evidence-missing" });
    await expect(sitting).rejects.toThrow(because);
  });
});
