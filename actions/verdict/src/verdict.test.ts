import { describe, expect, it } from "vitest";
import { digestOf } from "#src/domain/digest";
import { verdictSchema } from "#src/domain/release-verdict";
import type { StageReport } from "#src/domain/report";
import { conclude, decidingCode } from "#src/domain/verdict";
import type { HostedRelease } from "#src/ports/releases";
import type { StageContext } from "#src/stage-context";
import { suiteVersion } from "#src/suite-version";
import { aCheck, anArrival, aRecord, aSha } from "#src/testing/builders";
import { FakeReleases, type ReleaseFaults } from "#src/testing/fake-releases";
import { aChain, aChainContext, type ChainOptions } from "#src/testing/release-chain";
import { verdict } from "./verdict.ts";

const origin = {
  suite: suiteVersion,
  repository: "octo/tide",
  sha: aSha(),
  run: { id: "7", url: "https://github.example/octo/tide/actions/runs/7", actor: "mona" },
  attempt: 1,
  now: new Date("2026-01-01T12:30:00Z"),
};

function server(faults: ReleaseFaults = {}): FakeReleases {
  const releases = new FakeReleases(faults);
  releases.tags.set("v1.1.0", aSha());
  return releases;
}

function sit(context: StageContext, releases = server(), attempt = 1, results = ""): Promise<StageReport> {
  const given = {
    "release-mode": context.expected.mode,
    records: "",
    results,
    "github-token": "t",
  };
  const later = new Date(origin.now.getTime() + attempt * 60_000);
  return verdict(given, context, { releases, origin: { ...origin, attempt, now: later } });
}

const run = (options: ChainOptions = {}, releases = server(), attempt = 1) =>
  sit(aChainContext(aChain(options)), releases, attempt);

const fileOf = ({ attachments = [] }: StageReport, name: string) =>
  String(attachments.find((attachment) => attachment.name === name)?.content ?? "");

const documentOf = (report: StageReport) => verdictSchema.parse(JSON.parse(fileOf(report, "verdict.json")));

describe("verdict, live", () => {
  it("VER-01: everything proven is Released, with a release by draft, assets, publish and read-back", async () => {
    const releases = server();
    const report = await run({}, releases);
    expect(report.outputs).toMatchObject({
      "release-verdict": "Released",
      reason: "verdict.all-proven",
      report: "seaworthy-verdict-1",
    });
    expect(conclude(report.checks).result).toBe("pass");
    expect(report.noRelease).toBe(false);
    expect(releases.calls).toEqual([
      "commit",
      "list",
      "create",
      "upload tide-1.1.0.tgz",
      "upload verdict.json",
      "upload report.html",
      "upload verified.json",
      "publish",
      "read",
    ]);
    expect(releases.held[0]).toMatchObject({ draft: false, tag: "v1.1.0" });
    expect(report.effects).toMatchObject([{ kind: "github-release", state: "done" }]);
  });

  it.each<[what: string, risk: ChainOptions["risk"]]>([
    ["below a higher one", { latest: { overall: false, major: false, line: "1.1.x" } }],
    ["whose plan does not tell whether there is a higher one", "silent"],
  ])("PLN-26: a release %s is published without becoming the latest", async (_what, risk) => {
    const releases = server();
    const report = await run({ risk }, releases);
    expect(releases.calls).toContain("publish, not as the latest");
    expect(report.effects?.[0]?.wanted).toMatch(/^published, not as the latest, notes /);
  });

  it("VER-02 VER-18: leaves the verdict, both reports and every record, legs included", async () => {
    const report = await run();
    expect((report.attachments ?? []).map(({ name }) => name)).toEqual([
      "verdict.json",
      "report.md",
      "report.html",
      "evidence/plan-release.json",
      "evidence/release-gates-unit.json",
      "evidence/release-gates.json",
      "evidence/auto-tag.json",
      "evidence/build-manifest.json",
      "evidence/publish-verify.json",
      "evidence/smoke-test.json",
      "evidence/watch-window.json",
      "verified.json",
    ]);
    const document = documentOf(report);
    expect(document).toMatchObject({ verdict: "Released", name: "release_1.1.0_none_2026-01-01-1208" });
    expect(document.stages[0]?.digest).toBe(digestOf(JSON.parse(fileOf(report, "evidence/plan-release.json"))));
    expect(report.summary).toBe(fileOf(report, "report.md"));
  });

  it("the assets are the very bytes of the artifact's files", async () => {
    const releases = server();
    const report = await run({}, releases);
    const asset = releases.held[0]?.assets.find(({ name }) => name === "verdict.json");
    expect(new TextDecoder().decode(releases.bytes.get(asset?.id ?? 0))).toBe(fileOf(report, "verdict.json"));
  });

  it.each([1, 2, 3, 4, 5, 6])(
    "killed right after write %i and run again, it converges to one release",
    async (write) => {
      const releases = server({ diesAtWrite: write });
      await run({}, releases);
      const again = await run({}, releases, 2);
      expect(again.outputs).toMatchObject({ "release-verdict": "Released" });
      expect(releases.held).toHaveLength(1);
      expect(releases.held[0]?.draft).toBe(false);
      expect(releases.held[0]?.assets.map(({ name }) => name).sort()).toEqual([
        "report.html",
        "tide-1.1.0.tgz",
        "verdict.json",
        "verified.json",
      ]);
    },
  );

  it("a lost answer to the publication is answered by reading the release", async () => {
    const report = await run({}, server({ diesAtWrite: 6 }));
    expect(report.outputs).toMatchObject({ "release-verdict": "Released" });
  });

  it("a rerun over a published release writes nothing and is Released again", async () => {
    const releases = server();
    await run({}, releases);
    releases.calls = [];
    const again = await run({}, releases, 2);
    expect(releases.calls).toEqual(["commit", "list", "download verdict.json"]);
    expect(again.outputs).toMatchObject({ "release-verdict": "Released", report: "seaworthy-verdict-2" });
    expect(again.effects).toMatchObject([{ state: "already" }]);
  });

  it("assets whose digest the server does not tell are downloaded and compared", async () => {
    const releases = server({ hidesDigests: true });
    const report = await run({}, releases);
    expect(report.outputs).toMatchObject({ "release-verdict": "Released" });
    expect(releases.calls.filter((call) => call.startsWith("download"))).toHaveLength(8);
  });

  it("VER-07: assets that read back without a digest are downloaded again, and other bytes are not Released", async () => {
    const releases = server({ hidesDigests: true });
    releases.faults.publishes = (release) => {
      Object.assign(release, { draft: false });
      releases.bytes.set(release.assets[0]?.id ?? 0, new TextEncoder().encode("other"));
    };
    const report = await run({}, releases);
    expect(report.outputs).toMatchObject({ "release-verdict": "Aborted", reason: "verdict.release-failed" });
    expect(documentOf(report).reason.text).toContain("the published release does not hold tide-1.1.0.tgz");
  });

  it.each<[what: string, spoil: (releases: FakeReleases) => void, code: string]>([
    ["other bytes stored", (releases) => (releases.faults = { corrupts: true }), "verdict.release-failed"],
    ["no answer to the first write", (releases) => (releases.faults = { diesAtWrite: 1 }), "verdict.release-failed"],
    ["the tag gone", (releases) => releases.tags.clear(), "verdict.release-failed"],
    ["the tag on another commit", (releases) => releases.tags.set("v1.1.0", aSha("b")), "verdict.release-failed"],
    ["a foreign draft", (releases) => releases.put({ body: "Mine" }), "verdict.release-exists-different"],
  ])("%s is not Released, and nothing is published", async (_what, spoil, code) => {
    const releases = server();
    spoil(releases);
    const report = await run({}, releases);
    expect(report.outputs).toMatchObject({ "release-verdict": "Aborted", reason: code });
    expect(decidingCode(report.checks)).toBe(code);
    expect(releases.held.every(({ draft }) => draft)).toBe(true);
    expect(report.effects).toMatchObject([{ state: "refused" }]);
    expect(documentOf(report).verdict).toBe("Aborted");
  });

  it.each<[what: string, publishes: (release: HostedRelease) => void, because: RegExp]>([
    ["is still a draft", () => undefined, /still a draft/],
    ["lost an asset", (release) => Object.assign(release, { draft: false, assets: [] }), /does not hold/],
    [
      "has another text",
      (release) => Object.assign(release, { draft: false, body: "Mine" }),
      /another tag, text or pre-release mark/,
    ],
    [
      "has another tag",
      (release) => Object.assign(release, { draft: false, tag: "v9" }),
      /another tag, text or pre-release mark/,
    ],
  ])("a release that %s when it is read back is not Released", async (_what, publishes, because) => {
    const report = await run({}, server({ publishes }));
    expect(report.outputs).toMatchObject({ "release-verdict": "Aborted", reason: "verdict.release-failed" });
    expect(documentOf(report).reason.text).toMatch(because);
  });

  it.each<[what: string, spoil: (releases: FakeReleases) => void, code: string]>([
    ["whose tag was moved", (releases) => releases.tags.set("v1.1.0", aSha("b")), "verdict.release-failed"],
    ["whose tag was deleted", (releases) => releases.tags.clear(), "verdict.release-failed"],
    [
      "marked as a pre-release by hand",
      (releases) => held(releases, { prerelease: true }),
      "verdict.release-exists-different",
    ],
    [
      "with an asset that is not ours",
      (releases) => addAsset(releases, "malware.exe"),
      "verdict.release-exists-different",
    ],
  ])("a published release %s is not adopted by a rerun", async (_what, spoil, code) => {
    const releases = server();
    await run({}, releases);
    spoil(releases);
    expect((await run({}, releases, 2)).outputs).toMatchObject({ "release-verdict": "Aborted", reason: code });
  });

  it("a published release with a foreign verdict.json is refused", async () => {
    const releases = server();
    await run({}, releases);
    const asset = releases.held[0]?.assets.find(({ name }) => name === "verdict.json");
    releases.bytes.set(asset?.id ?? 0, new TextEncoder().encode("{}"));
    const again = await run({}, releases, 2);
    expect(again.outputs).toMatchObject({ reason: "verdict.release-exists-different" });
  });

  it("without a wanted GitHub release, Released needs none and sends no request", async () => {
    const releases = server();
    const report = await run({ config: { report: { "github-release": false } } }, releases);
    expect(report.outputs).toMatchObject({ "release-verdict": "Released" });
    expect(report.checks.at(-1)).toMatchObject({ result: "not-applicable", code: "verdict.release-not-wanted" });
    expect(releases.calls).toEqual([]);
  });
});

describe("verdict, rehearsal", () => {
  it("VER-01: reads, writes nothing, has no verdict, and plans what the live run does", async () => {
    const releases = server();
    const rehearsed = await run({ mode: "rehearsal" }, releases);
    const live = await run();
    expect(releases.calls).toEqual(["list"]);
    expect(rehearsed).toMatchObject({ noRelease: true, effects: [{ state: "planned" }] });
    expect(rehearsed.outputs).toMatchObject({ "release-verdict": "", reason: "verdict.rehearsed" });
    expect(rehearsed.outputs?.["plan-digest"]).toBe(live.outputs?.["plan-digest"]);
  });

  it("shows a release that a live run would refuse", async () => {
    const releases = server();
    releases.put({ body: "Mine" });
    expect((await run({ mode: "rehearsal" }, releases)).outputs).toMatchObject({
      "release-verdict": "Aborted",
      reason: "verdict.release-exists-different",
    });
  });
});

describe("verdict over evidence that does not hold", () => {
  it("VER-07: a refused record blocks even where another one of its stage holds", async () => {
    const refused = [{ artifact: "seaworthy-smoke-test-1", code: "all.evidence-mismatch" as const, because: "other" }];
    const report = await sit(aChainContext(aChain(), refused));
    expect(report.outputs).toMatchObject({ "release-verdict": "Aborted", reason: "all.evidence-mismatch" });
  });

  it("VER-07: a handover that is none of a stage blocks", async () => {
    const refused = [{ artifact: "rubbish", code: "all.evidence-missing" as const, because: "another text" }];
    const report = await sit(aChainContext(aChain(), refused));
    expect(report.outputs).toMatchObject({ reason: "all.evidence-missing" });
  });

  it("VER-07: a leg altered inside the collector blocks", async () => {
    const chain = aChain();
    chain[1]?.attachments.set("legs/unit.json", new TextEncoder().encode("{}"));
    const report = await sit(aChainContext(chain));
    expect(report.outputs).toMatchObject({ "release-verdict": "Aborted", reason: "all.evidence-mismatch" });
  });

  it("VER-07: a leg that was handed over and differs from the collector's blocks", async () => {
    const rival = anArrival(
      aRecord({ stage: "release-gates", leg: "unit", policy: aChain()[0]?.record.policy ?? null }),
    );
    const report = await sit(aChainContext([...aChain(), rival]));
    expect(report.outputs).toMatchObject({ "release-verdict": "Aborted", reason: "all.evidence-doubled" });
  });

  it("VER-07: a plan without a release excuses no record that does not hold", async () => {
    const [plan] = aChain({ changes: { "plan-release": { outcome: "no-release" } } });
    const refused = [{ artifact: "seaworthy-auto-tag-1", code: "all.evidence-mismatch" as const, because: "other" }];
    const report = await sit(aChainContext(plan ? [plan] : [], refused));
    expect(report.outputs).toMatchObject({ "release-verdict": "Aborted" });
  });

  it("VER-01: no record at all still ends with a verdict and its files", async () => {
    const report = await sit(aChainContext([]), server(), 1, JSON.stringify({ plan: { result: "cancelled" } }));
    expect(report.outputs).toMatchObject({ "release-verdict": "Aborted", reason: "all.interrupted" });
    expect(documentOf(report)).toMatchObject({ verdict: "Aborted", release: { sha: aSha(), tag: null } });
    expect(fileOf(report, "report.html")).toContain("Aborted");
  });

  it("VER-01: an unreadable plan ends Aborted with the code of what went wrong", async () => {
    const chain = aChain();
    chain[0]?.attachments.delete("config.json");
    const report = await sit(aChainContext(chain));
    expect(report.outputs).toMatchObject({ "release-verdict": "Aborted", reason: "all.evidence-missing" });
    expect(documentOf(report).verdict).toBe("Aborted");
  });

  it("VER-01: a defect on the way ends Aborted, whatever was thrown", async () => {
    const releases = server();
    releases.ofTag = () => Promise.reject("a thrown text");
    const report = await run({}, releases);
    expect(report.outputs).toMatchObject({ "release-verdict": "Aborted", reason: "verdict.release-failed" });
    expect(report.checks.at(-2)?.because).toContain("a thrown text");
  });
});

describe("VER-15: what stands beside the verdict", () => {
  it("an advisory failure is printed beside Released and never folded into it", async () => {
    const checks = [
      aCheck(),
      aCheck({ id: "lint", title: "Lint is clean", required: false, result: "fail", code: "all.not-run" }),
    ];
    const report = await run({ changes: { "smoke-test": { checks } } });
    expect(report.outputs).toMatchObject({ "release-verdict": "Released" });
    expect(fileOf(report, "report.md")).toMatch(/Beside the verdict[\s\S]*fail \(advisory\)[\s\S]*Lint is clean/);
  });
});

function held(releases: FakeReleases, change: Partial<HostedRelease>) {
  for (const release of releases.held) Object.assign(release, change);
}

function addAsset(releases: FakeReleases, name: string) {
  for (const { assets } of releases.held) assets.push({ id: 99, name, complete: true, digest: digestOf(name) });
}
