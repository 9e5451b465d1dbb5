import { describe, expect, it } from "vitest";
import type { AdmittedRecord } from "#src/domain/admission";
import type { EvidenceRecord } from "#src/domain/evidence";
import { formatHandover } from "#src/domain/handover";
import type { TreeSighting } from "#src/ports/tag-content";
import { receiveLedger } from "#src/receive-ledger";
import { suiteVersion } from "#src/suite-version";
import { anArrival, aRecord, aRelease, aSha } from "#src/testing/builders";
import { FakeTagContent } from "#src/testing/fake-channels";
import { FakeLedgerStore } from "#src/testing/fake-ledger-store";
import { recoverBuild } from "./recover-build.ts";

const expected = { repository: "octo/tide", runId: "9", mode: "live" as const, suite: suiteVersion };
const earlier = { id: "7", attempt: 1, job: "job", url: "" };
const ofEarlier = (stage: EvidenceRecord["stage"], more: Partial<EvidenceRecord> = {}) =>
  anArrival(aRecord({ stage, run: earlier, ...more }), { "file.json": stage });
const links = (records: AdmittedRecord[]) =>
  records.map(({ artifact, digest, record: { stage, leg } }) => ({ stage, leg, artifact, digest }));

const plan = ofEarlier("plan-release");
const tag = ofEarlier("auto-tag");
const build = ofEarlier("build-manifest");
const live = ofEarlier("publish-verify", { verdict: { result: "pass", "decided-by": ["one"] } });
const all = [plan, tag, build, live];

const served: TreeSighting = { seen: "served", commit: aSha(), digests: new Map() };

const unanswered: TreeSighting = { seen: "unknown", because: "no answer" };

interface Scene {
  request?: { "build-run-id"?: string; "release-tag"?: string };
  kept?: AdmittedRecord[];
  linked?: AdmittedRecord[];
  handed?: AdmittedRecord[];
  runs?: string[];
  /** Runs that have tagged, wherever they were started from. */
  tagging?: string[];
  /** Evidence of further runs. */
  others?: Record<string, AdmittedRecord[]>;
  /** What the remote has besides the tag v1.1.0; in its place where there is no tag. */
  refs?: Record<string, TreeSighting>;
  store?: FakeLedgerStore;
}

async function recover({
  request = { "build-run-id": "7" },
  kept = all,
  linked = all,
  handed = [],
  ...scene
}: Scene = {}) {
  const verdict = ofEarlier("verdict", { consumed: links(linked), attempt: 2 });
  const first = ofEarlier("verdict", { consumed: [] });
  const others = Object.entries(scene.others ?? {}).map(([run, records]) => [run, new FakeLedgerStore(records)]);
  const ledgers: Record<string, FakeLedgerStore> = {
    7: new FakeLedgerStore([...kept, first, verdict]),
    ...Object.fromEntries(others),
  };
  const store = scene.store ?? new FakeLedgerStore();
  const ports = {
    runs: { on: async () => scene.runs ?? ["8", "7"], tagged: async () => scene.tagging ?? [] },
    earlier: (run: string) => ledgers[run] ?? new FakeLedgerStore(),
    store,
    content: new FakeTagContent(scene.refs ?? { "refs/tags/v1.1.0": served }),
  };
  const context = { expected, ledger: { admitted: handed, refused: [] } };
  const asked = { "build-run-id": "", "release-tag": "", ...request };
  return { ...(await recoverBuild(asked, context, ports)), store };
}

describe("a build of an earlier run", () => {
  it.each([
    ["its run", { "build-run-id": "7" }],
    ["the tag of its release", { "release-tag": "v1.1.0" }],
  ])("BLD-13: is found by %s, with everything that does not change, and kept for this run", async (_what, request) => {
    const { adopted, context, store } = await recover({ request });
    expect(adopted.map(({ record }) => record.stage)).toEqual(["plan-release", "auto-tag", "build-manifest"]);
    expect(context.ledger.admitted).toEqual(adopted);
    expect([...store.artifacts.keys()]).toEqual(adopted.map(({ artifact }) => artifact));
  });

  const ofOther = (run: string, more: Partial<EvidenceRecord> = {}) =>
    anArrival(aRecord({ stage: "verdict", run: { ...earlier, id: run }, consumed: links(all), ...more }));
  const byTag = { "release-tag": "v1.1.0" };

  it("BLD-13: is found by its tag where that stands on another commit than its run, as after a commit that set the version", async () => {
    const elsewhere = ofOther("5", { release: aRelease({ tag: "v1.0.0" }) });
    const dry = ofOther("6", { release: aRelease({ mode: "rehearsal" }) });
    const others = { 5: [elsewhere], 6: [dry] };
    const { adopted } = await recover({ request: byTag, runs: ["5"], tagging: ["6", "5", "7"], others });
    expect(adopted.map(({ record }) => record.stage)).toEqual(["plan-release", "auto-tag", "build-manifest"]);
    expect(new Set(adopted.map(({ record }) => record.run.id))).toEqual(new Set(["7"]));
  });

  it("BLD-13: is found behind a run that published it already, which is told by its own id", async () => {
    const others = { 8: [...all, ofOther("8")] };
    const { adopted } = await recover({ request: byTag, runs: ["8", "7"], others });
    expect(adopted).toHaveLength(3);
    await expect(recover({ request: { "build-run-id": "8" }, others })).rejects.toMatchObject({
      code: "publish.build-run-not-found",
      message: expect.stringContaining("from run 7"),
    });
  });

  it("BLD-13: is not one of the same tag on another commit", async () => {
    const moved = ofOther("8", { release: aRelease({ sha: "b".repeat(40) }) });
    const scene = { request: byTag, runs: ["8"], others: { 8: [...all, moved] } };
    await expect(recover(scene)).rejects.toMatchObject({
      code: "publish.build-run-not-found",
      message: expect.stringContaining(`run 8: it is of v1.1.0 on ${"b".repeat(40)}`),
    });
  });

  it("BLD-15: is refused, and no older one taken, where the tag's own evidence was altered", async () => {
    const scene = { request: byTag, runs: ["7"], tagging: ["7"], kept: [plan, tag] };
    await expect(recover(scene)).rejects.toMatchObject({ code: "all.evidence-missing" });
  });

  it.each<[what: string, tag: string, refs: Scene["refs"], code: string]>([
    ["is not on the remote", "v1.1.0", {}, "build.tag-absent-remote"],
    ["is the branch that the run was started from", "main", { "refs/heads/main": served }, "build.ref-not-tag"],
    ["is the whole ref of a branch", "refs/heads/main", { "refs/heads/main": served }, "build.tag-invalid"],
    ["is the ref of a pull request", "refs/pull/7/merge", {}, "build.tag-invalid"],
    ["is no name that git takes", "v1..0", {}, "build.tag-invalid"],
    ["cannot be asked for", "v1.1.0", { "refs/tags/v1.1.0": unanswered }, "publish.build-run-not-found"],
  ])("BLD-01: is refused when what was given as its tag %s", async (_what, tag, refs = {}, code) => {
    await expect(recover({ request: { "release-tag": tag }, refs })).rejects.toMatchObject({ code });
  });

  it.each<[what: string, scene: Scene]>([
    ["both are given", { request: { "build-run-id": "7", "release-tag": "v1.1.0" } }],
    ["records are handed over besides", { handed: [plan] }],
  ])("BLD-13: is refused as ambiguous when %s", async (_what, scene) => {
    await expect(recover(scene)).rejects.toMatchObject({ code: "publish.input-ambiguous" });
  });

  it.each<[what: string, scene: Scene]>([
    ["the run has no verdict", { request: { "build-run-id": "8" } }],
    ["no run on the tag's commit is of it", { request: { "release-tag": "v1.1.0" }, runs: ["8"] }],
    ["the run on the tag's commit built nothing", { request: { "release-tag": "v1.1.0" }, linked: [plan] }],
  ])("BLD-13: is not found when %s", async (_what, scene) => {
    await expect(recover(scene)).rejects.toMatchObject({ code: "publish.build-run-not-found" });
  });

  const altered = { ...build, ...anArrival(aRecord({ stage: "build-manifest", run: earlier, next: "Other." })) };

  it.each<[what: string, scene: Scene, code: string]>([
    ["is gone", { kept: [plan, tag] }, "all.evidence-missing"],
    ["is another one than the verdict relied on", { kept: [plan, tag, altered] }, "all.evidence-mismatch"],
    [
      "is of a rehearsal",
      { linked: [ofEarlier("plan-release", { release: aRelease({ mode: "rehearsal" }) })] },
      "all.evidence-mismatch",
    ],
  ])("BLD-15: is refused when a record %s", async (_what, scene, code) => {
    const kept = scene.kept ?? scene.linked ?? all;
    await expect(recover({ ...scene, kept })).rejects.toMatchObject({ code });
  });

  it("is kept once, however often the job is run again", async () => {
    const { store } = await recover();
    const [first] = store.artifacts.keys();
    const written: string[] = [];
    store.save = async (artifact) => void written.push(artifact);
    store.artifacts.delete(first ?? "");
    await recover({ store });
    expect(written).toEqual([first]);
  });
});

describe("records of an earlier run, handed over in this one", () => {
  const judged = (more: Partial<EvidenceRecord> = {}) =>
    anArrival(
      aRecord({
        stage: "publish-verify",
        leg: "provenance",
        run: { ...earlier, id: "9" },
        consumed: links([plan, build]),
        ...more,
      }),
    );
  const received = (judge: AdmittedRecord, records = [plan, build]) => {
    const lines = [...records, judge].map(formatHandover).join("\n");
    return receiveLedger(lines, new FakeLedgerStore([...records, judge]), expected);
  };

  it("BLD-15: are admitted where a record of this run has taken them over", async () => {
    const ledger = await received(judged());
    expect(ledger.refused).toEqual([]);
    expect(ledger.admitted).toHaveLength(3);
  });

  it.each<[what: string, judge: AdmittedRecord]>([
    ["no record of this run took them over", judged({ consumed: links([plan]) })],
    [
      "the record that took them over did not pass",
      judged({ checks: [], verdict: { result: "inconclusive", "decided-by": [] } }),
    ],
    ["the record that took them over is of another run itself", judged({ run: earlier })],
    ["another stage relied on them", judged({ stage: "smoke-test" })],
    ["another look at the channels relied on them", judged({ leg: "preflight" })],
  ])("ALL-02: are refused where %s", async (_what, judge) => {
    const ledger = await received(judge);
    expect(ledger.refused.some(({ because }) => because === "expected run 9, found 7")).toBe(true);
  });
});
