import { describe, expect, it } from "vitest";
import { type AdmittedRecord, admit, isRefusal, recordFile } from "#src/domain/admission";
import { type BuiltFile, buildManifestSchema, manifestAttachment } from "#src/domain/build-manifest";
import { openLegs } from "#src/domain/chain";
import { canonicalJson, digestOfBytes } from "#src/domain/digest";
import type { EvidenceRecord } from "#src/domain/evidence";
import { type TargetManifest, targetsAttachment } from "#src/domain/target-manifest";
import { conclude, decidingCode } from "#src/domain/verdict";
import { requirePlan, type StageContext } from "#src/stage-context";
import { aBuiltFile } from "#src/testing/build-builders";
import { aCheck, aContext, anArrival, aRecord, aSha } from "#src/testing/builders";
import { FakeBuiltFiles } from "#src/testing/fake-built-files";
import { FakeLedgerStore } from "#src/testing/fake-ledger-store";
import { fakeShell } from "#src/testing/fake-shell";
import { buildManifest } from "./build-manifest.ts";

const nothing = { records: "", files: "", platform: "", programs: "", image: "", leg: "" };
const given = { ...nothing, "release-mode": "live", mode: "join", kind: "" } as const;
const offer = (platform: string, support: "official" | "preview") => ({ channel: "tap", platform, support });
const targets: TargetManifest = {
  schema: "seaworthy-targets/1",
  targets: [
    { id: "linux", offers: [offer("linux_amd64", "official")] },
    { id: "arm", offers: [offer("linux_arm64", "preview")] },
  ],
};
const archive = (platform: string, overrides: Partial<BuiltFile> = {}) =>
  aBuiltFile({ name: `tide_${platform}.tar.gz`, kind: "archive", package: null, platform, ...overrides });
const linux = archive("linux_amd64");
const arm = archive("linux_arm64");

function context(): StageContext {
  const bare = aContext();
  const { plan } = requirePlan(bare);
  const held = [...plan.attachments].map(([name, bytes]) => [name, new TextDecoder().decode(bytes)]);
  const files = { ...Object.fromEntries(held), [targetsAttachment]: canonicalJson(targets) };
  const admitted = [anArrival({ ...plan.record, attachments: [] }, files)];
  return { ...bare, ledger: { admitted, refused: [] } };
}

/** A leg as the plan of the context would have it, with what it made. */
function aLeg(
  at: StageContext,
  leg: string,
  files: BuiltFile[],
  overrides: Partial<EvidenceRecord> = {},
): AdmittedRecord {
  const { plan, policy, release } = requirePlan(at);
  const consumed = [{ stage: "plan-release" as const, leg: "", artifact: plan.artifact, digest: plan.digest }];
  const manifest = {
    ...{ schema: "seaworthy-build-manifest/1", tag: "v1.1.0", version: "1.1.0", commit: aSha() },
    ...{ run: "7", workflow: "", files },
    toolchain: [{ id: "rust", version: "1.88.0", said: "rustc 1.88.0" }],
  };
  const record = aRecord({ stage: "build-manifest", leg, policy, release, consumed, ...overrides });
  const carried = Object.fromEntries(files.map(({ name }) => [`files/${name}`, name]));
  return anArrival(record, { [manifestAttachment]: canonicalJson(manifest), ...carried });
}

function failed(at: StageContext, leg: string): AdmittedRecord {
  const checks = [aCheck({ id: "files", result: "fail", code: "publish.files-empty", because: "nothing was built" })];
  const verdict = { result: "fail" as const, "decided-by": ["files"] };
  return aLeg(at, leg, [], { checks, verdict, outcome: "blocked" });
}

async function join(at: StageContext, legs: AdmittedRecord[], store = new FakeLedgerStore(legs)) {
  const run = { id: "7", attempt: 1, workflow: "octo/tide/.github/workflows/release.yml@refs/heads/main" };
  const files = new FakeBuiltFiles({}, { head: aSha(), tagged: undefined });
  const job = { shell: fakeShell({}), directory: "/checkout", environment: {} };
  const report = await buildManifest(given, at, { files, store, run, job });
  return { report, code: decidingCode(report.checks), result: conclude(report.checks).result };
}

const both = (at: StageContext) => [aLeg(at, "linux", [linux]), aLeg(at, "arm", [arm])];

describe("the legs of a build, joined", () => {
  it("BLD-12 F31: are one manifest with the files of every leg, which all travel", async () => {
    const at = context();
    const { report, result } = await join(at, both(at));
    expect(result).toBe("pass");
    const manifest = buildManifestSchema.parse(JSON.parse(String(report.attachments?.[0]?.content)));
    expect(manifest.files).toEqual([linux, arm]);
    expect(manifest.toolchain).toEqual([{ id: "rust", version: "1.88.0", said: "rustc 1.88.0" }]);
    expect(report.attachments?.map(({ name }) => name)).toEqual([
      ...[manifestAttachment, "files/tide_linux_arm64.tar.gz", "files/tide_linux_amd64.tar.gz"],
      ...["legs/arm.json", "legs/linux.json"],
    ]);
    expect(report.outputs?.artifact).toBe("seaworthy-build-manifest-1");
  });

  it("ALL-02: are relied on by digest, and can be followed from the joined record", async () => {
    const at = context();
    const legs = both(at);
    const { report } = await join(at, legs);
    expect(report.consumed?.map(({ digest }) => digest).sort()).toEqual(legs.map(({ digest }) => digest).sort());
    const texts = (report.attachments ?? []).map(({ name, content }) => [name, String(content)]);
    const joined = anArrival(aRecord({ stage: "build-manifest" }), Object.fromEntries(texts));
    expect(
      openLegs(joined, at.expected)
        .legs.map(({ digest }) => digest)
        .sort(),
    ).toEqual(legs.map(({ digest }) => digest).sort());
  });

  it("BLD-06 F31 F36: block without a leg that was to build an official target", async () => {
    const at = context();
    expect((await join(at, [aLeg(at, "arm", [arm])])).code).toBe("build.official-target-failed");
  });

  it("BLD-06 F36: report a preview that failed or is missing, and pass", async () => {
    const at = context();
    for (const legs of [[aLeg(at, "linux", [linux]), failed(at, "arm")], [aLeg(at, "linux", [linux])]]) {
      const { report, result } = await join(at, legs);
      expect(result).toBe("pass");
      expect(report.checks.find(({ id }) => id === "target:arm")).toMatchObject({
        ...{ result: "fail", code: "build.preview-target-failed", required: false },
      });
    }
  });

  it("F31: block for a failed leg of an official target, and for one that is no target, with its own reason", async () => {
    const at = context();
    for (const leg of ["linux", "sums"]) {
      const legs = [...both(at).filter(({ record }) => record.leg !== leg), failed(at, leg)];
      const { report, result } = await join(at, legs);
      expect(result).toBe("fail");
      expect(report.checks.find(({ id }) => id === `leg:${leg}`)).toMatchObject({
        ...{ code: "publish.files-empty", because: "nothing was built", required: true },
      });
    }
  });

  it.each<[string, (at: StageContext) => AdmittedRecord]>([
    [
      "another content under the same name",
      (at) => aLeg(at, "again", [archive("linux_amd64", { sha256: "9".repeat(64) })]),
    ],
    [
      "the same platform under another name",
      (at) => aLeg(at, "again", [archive("linux_amd64", { name: "other.tar.gz" })]),
    ],
  ])("F32: block where two legs made %s", async (_what, rival) => {
    const at = context();
    expect((await join(at, [...both(at), rival(at)])).code).toBe("build.artifact-duplicate");
  });

  it.each<[string, Partial<EvidenceRecord>]>([
    ["another plan", { consumed: [] }],
    ["another policy", { policy: `sha256:${"5".repeat(64)}` }],
  ])("ALL-02: block for a leg of %s", async (_what, overrides) => {
    const at = context();
    expect((await join(at, [...both(at), aLeg(at, "more", [], overrides)])).code).toBe("all.evidence-mismatch");
  });

  it("ALL-02: block for a leg that was altered", async () => {
    const at = context();
    const store = new FakeLedgerStore(both(at));
    store.artifacts.set("seaworthy-build-manifest-linux-1", "altered");
    expect((await join(at, [], store)).code).toBe("all.evidence-mismatch");
  });

  it("ALL-02: block for a leg of an attempt that is still to come", async () => {
    const at = context();
    const ahead = aLeg(at, "linux", [linux], { attempt: 2 });
    expect((await join(at, [...both(at), ahead])).code).toBe("all.evidence-mismatch");
  });

  it("are inconclusive where there is none, and the joined record of an earlier attempt is no leg", async () => {
    const at = aContext();
    const { code, result } = await join(at, [aLeg(at, "", [linux])]);
    expect([code, result]).toEqual(["publish.build-incomplete", "inconclusive"]);
  });

  it("need no targets: then every leg must pass", async () => {
    const at = aContext();
    expect((await join(at, [aLeg(at, "linux", [linux])])).result).toBe("pass");
    expect((await join(at, [aLeg(at, "linux", [linux]), failed(at, "arm")])).result).toBe("fail");
  });

  it("give a record that is admitted with all that it carries", async () => {
    const at = context();
    const { report } = await join(at, both(at));
    const bytes = (report.attachments ?? []).map(({ name, content }) => {
      const data = typeof content === "string" ? new TextEncoder().encode(content) : content;
      return { name, digest: digestOfBytes(data), bytes: data.byteLength, data };
    });
    const record = aRecord({ stage: "build-manifest", attachments: bytes.map(({ data: _data, ...rest }) => rest) });
    const files = new Map(bytes.map(({ name, data }) => [name, data]));
    files.set(recordFile, new TextEncoder().encode(canonicalJson(record)));
    expect(isRefusal(admit({ artifact: "seaworthy-build-manifest-1", digest: undefined, files }, at.expected))).toBe(
      false,
    );
  });
});
