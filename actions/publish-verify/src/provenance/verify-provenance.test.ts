import { describe, expect, it } from "vitest";
import type { AdmittedRecord } from "#src/domain/admission";
import type { BuildManifest, BuiltFile } from "#src/domain/build-manifest";
import { canonicalJson, hexDigest } from "#src/domain/digest";
import { conclude, decidingCode } from "#src/domain/verdict";
import type { RunJob } from "#src/ports/build-runs";
import type { TreeSighting } from "#src/ports/tag-content";
import { aBuiltFile } from "#src/testing/build-builders";
import { aContext, anArrival, aRecord, aRelease, aSha } from "#src/testing/builders";
import { FakeAttestations } from "#src/testing/fake-attestations";
import { aBuildRun, FakeBuildRuns } from "#src/testing/fake-build-runs";
import { FakeBuiltFiles } from "#src/testing/fake-built-files";
import { FakeTagContent } from "#src/testing/fake-channels";
import { FakeLedgerStore } from "#src/testing/fake-ledger-store";
import { verifyProvenance } from "./verify-provenance.ts";

const digestsOf = (text: string) => ({
  size: text.length,
  sha256: hexDigest("sha256", new TextEncoder().encode(text)),
  sha512: hexDigest("sha512", new TextEncoder().encode(text)),
});
const tarball = aBuiltFile(digestsOf("packed"));
const archive = (platform: string) =>
  aBuiltFile({ name: `tide_${platform}.tar.gz`, kind: "archive", package: null, platform, ...digestsOf(platform) });

const fresh = { "build-run-id": "", "release-tag": "" };

const unsigned = {
  earlier: () => new FakeLedgerStore(),
  store: new FakeLedgerStore(),
  attestations: new FakeAttestations(),
  files: new FakeBuiltFiles({}, { head: aSha(), tagged: undefined }),
  serverUrl: "https://github.example",
  given: { attestations: "", "trusted-root": "" },
};

interface Scene {
  config?: object;
  mode?: "live" | "rehearsal";
  files?: BuiltFile[];
  carried?: Record<string, string>;
  manifest?: Partial<BuildManifest>;
  build?: Parameters<typeof aRecord>[0] | "none";
  run?: Parameters<typeof aBuildRun>[0] | "absent";
  jobs?: RunJob[];
  tag?: TreeSighting;
  targets?: object;
}

const usual = { provenance: { workflow: "release.yml" }, channels: [{ id: "npm", kind: "npm", package: "tide" }] };
const onTag = (commit = aSha(), digests: Record<string, string> = {}): TreeSighting => ({
  seen: "served",
  commit,
  digests: new Map(Object.entries(digests)),
});

function aBuildOf({
  files = [tarball],
  carried = { [tarball.name]: "packed" },
  manifest,
  build,
  mode = "live",
}: Scene) {
  const text = canonicalJson({
    schema: "seaworthy-build-manifest/1",
    ...{ tag: "v1.1.0", version: "1.1.0", commit: aSha(), run: "7" },
    workflow: "octo/tide/.github/workflows/release.yml@refs/heads/main",
    files,
    ...manifest,
  });
  const inside = Object.entries(carried).map(([name, content]) => [`files/${name}`, content]);
  const record = { stage: "build-manifest" as const, release: aRelease({ mode }), ...(build === "none" ? {} : build) };
  return anArrival(aRecord(record), { "manifest.json": text, ...Object.fromEntries(inside) });
}

function withTargets(context: ReturnType<typeof aContext>, targets: object | undefined) {
  const [plan] = context.ledger.admitted;
  if (targets) plan?.attachments.set("targets.json", new TextEncoder().encode(canonicalJson(targets)));
  return context;
}

async function sit(scene: Scene = {}) {
  const { config = usual, mode = "live", build, run, jobs, tag = onTag(), targets } = scene;
  const release = aRelease({ mode });
  const tagged = anArrival(aRecord({ stage: "auto-tag", release }));
  const others: AdmittedRecord[] = [tagged, ...(build === "none" ? [] : [aBuildOf(scene)])];
  const runs = new FakeBuildRuns(run === "absent" ? [] : [aBuildRun(run)], jobs);
  const content = new FakeTagContent({ "refs/tags/v1.1.0": tag });
  const context = withTargets(aContext(config, others, release), targets);
  const report = await verifyProvenance(fresh, context, { runs, content, ...unsigned });
  return {
    report,
    runs,
    code: decidingCode(report.checks),
    document: JSON.parse(String(report.attachments?.[0]?.content)),
  };
}

const checkOf = (report: Awaited<ReturnType<typeof sit>>["report"], id: string) =>
  report.checks.find((check) => check.id === id);

describe("publish-verify, provenance", () => {
  it("PUB-10 PUB-12: passes for the build of the named workflow, and tells eleven facts about it", async () => {
    const { report, document, runs } = await sit();
    expect(conclude(report.checks).result).toBe("pass");
    expect(document.build).toEqual({
      "run-id": "7",
      workflow: ".github/workflows/release.yml",
      conclusion: "success",
      url: "https://github.example/octo/tide/actions/runs/7",
      event: "workflow_dispatch",
      "head-sha": aSha(),
      branch: "main",
      tag: "v1.1.0",
      version: "1.1.0",
      "source-sha": aSha(),
      "source-ref": "refs/tags/v1.1.0",
    });
    expect(runs.asked).toEqual(["run 7"]);
    expect(report.subjects).toEqual([
      { name: tarball.name, digest: { sha256: tarball.sha256, sha512: tarball.sha512 } },
    ]);
  });

  it.each<[what: string, scene: Scene, code: string, result: string]>([
    ["of another workflow", { run: { workflow: ".github/workflows/ci.yml" } }, "publish.wrong-workflow", "fail"],
    ["of another repository", { run: { repository: "eve/tide" } }, "publish.wrong-workflow", "fail"],
    ["of the commits of a fork", { run: { source: "eve/tide" } }, "publish.wrong-workflow", "fail"],
    ["whose workflow nobody named", { config: {} }, "publish.wrong-workflow", "inconclusive"],
    ["by a run that failed", { run: { conclusion: "failure" } }, "publish.run-not-success", "fail"],
    ["by a run that was cancelled", { run: { conclusion: "cancelled" } }, "publish.run-not-success", "fail"],
    [
      "by another run that goes on",
      { manifest: { run: "8" }, run: { id: "8", finished: false, conclusion: "" } },
      "publish.run-not-success",
      "fail",
    ],
    ["by a run that is gone", { run: "absent" }, "publish.build-run-not-found", "fail"],
    ["without a record", { build: "none" }, "publish.metadata-missing", "inconclusive"],
    [
      "that did not pass",
      { build: { verdict: { result: "fail", "decided-by": ["one"] } } },
      "publish.metadata-missing",
      "fail",
    ],
    ["of another tag", { manifest: { tag: "v1.0.0" } }, "publish.metadata-mismatch", "fail"],
    ["of another version", { manifest: { version: "1.0.0" } }, "publish.metadata-mismatch", "fail"],
    [
      "that names another workflow",
      { manifest: { workflow: "octo/tide/.github/workflows/ci.yml@refs/heads/main" } },
      "publish.metadata-mismatch",
      "fail",
    ],
  ])("PUB-10 BLD-09: refuses a build %s", async (_what, scene, code, result) => {
    const { report, code: found } = await sit(scene);
    expect([found, conclude(report.checks).result]).toEqual([code, result]);
  });

  it.each<[what: string, scene: Scene]>([
    ["the tag leads to another commit", { tag: onTag(aSha("b")) }],
    ["the build had another commit checked out", { manifest: { commit: aSha("b") } }],
    ["there is no tag", { tag: { seen: "absent" } }],
  ])("PUB-11 BLD-02 F12: refuses a build when %s", async (_what, scene) => {
    expect((await sit(scene)).code).toBe("publish.source-sha-mismatch");
  });

  it("PUB-11: takes no notice of the commit that the run was started from, and names the tag's as the source", async () => {
    const { report, document } = await sit({ run: { sha: aSha("c") } });
    expect(conclude(report.checks).result).toBe("pass");
    expect([document.build["head-sha"], document.build["source-sha"]]).toEqual([aSha("c"), aSha()]);
  });

  it("ALL-08: is unsure while the remote does not answer", async () => {
    const { report, code, document } = await sit({ tag: { seen: "unknown", because: "no answer" } });
    expect([code, conclude(report.checks).result]).toEqual(["publish.remote-unknown", "inconclusive"]);
    expect(document.build["source-sha"]).toBeNull();
  });

  it("PUB-05: passes in a rehearsal before the tag is there", async () => {
    const { report, document } = await sit({ mode: "rehearsal", tag: { seen: "absent" } });
    expect(conclude(report.checks).result).toBe("pass");
    expect(document.build["source-sha"]).toBe(aSha());
  });
});

describe("the run that built", () => {
  const publishFailed: RunJob[] = [
    { name: "Build", conclusion: "success" },
    { name: "Publish", conclusion: "failure" },
  ];
  const naming = (...jobs: string[]) => ({ ...usual, provenance: { workflow: "release.yml", jobs } });

  it("BLD-13: may have failed in its publishing, where the jobs that had to succeed did", async () => {
    const { report } = await sit({ config: naming("Build"), run: { conclusion: "failure" }, jobs: publishFailed });
    expect(checkOf(report, "run")?.result).toBe("pass");
  });

  it.each([
    ["did not succeed", "Publish"],
    ["are not in it", "Package"],
  ])("BLD-13: is refused when the jobs that had to succeed %s", async (_what, name) => {
    const { code } = await sit({ config: naming(name), run: { conclusion: "failure" }, jobs: publishFailed });
    expect(code).toBe("publish.run-not-success");
  });

  it.each([
    [
      "passes while no job broke off",
      [
        { name: "Build", conclusion: "success" },
        { name: "Check", conclusion: "" },
      ],
      undefined,
    ],
    ["is refused once one did", publishFailed, "publish.run-not-success"],
    ["is in doubt while none has succeeded", [{ name: "Check", conclusion: "" }], "publish.run-not-success"],
  ])("as the very run that asks, %s", async (_what, jobs, code) => {
    expect((await sit({ run: { finished: false, conclusion: "" }, jobs })).code).toBe(code);
  });
});

describe("what was built", () => {
  it.each<[what: string, scene: Scene, code: string]>([
    ["is missing", { carried: {} }, "publish.artifact-missing"],
    ["has other bytes", { carried: { [tarball.name]: "hacked" } }, "publish.artifact-hash"],
    ["has another size", { carried: { [tarball.name]: "packed!" } }, "publish.artifact-hash"],
    [
      "stands in no manifest",
      { carried: { [tarball.name]: "packed", "extra.tgz": "x" } },
      "publish.artifact-unexpected",
    ],
  ])("PUB-14: is refused when a file %s", async (_what, scene, code) => {
    expect((await sit(scene)).code).toBe(code);
  });

  it("PUB-14: is held against the tag's tree where users take the tree", async () => {
    const file = aBuiltFile({ name: "dist/a.js", kind: "git-tree", package: null });
    const tree = { files: [file], carried: {} };
    const served = await sit({ ...tree, tag: onTag(aSha(), { "dist/a.js": file.sha256 }) });
    expect(served.code).toBeUndefined();
    expect((await sit({ ...tree, tag: onTag(aSha(), { "dist/a.js": "9".repeat(64) }) })).code).toBe(
      "publish.artifact-hash",
    );
    expect((await sit({ ...tree, tag: onTag() })).code).toBe("publish.artifact-missing");
  });

  it.each<[what: string, files: object[], code: string | undefined]>([
    ["passes when all is there", [{ pattern: "tide-{version}.tgz", most: 1 }], undefined],
    ["fails for what is not there", [{ pattern: "*.tgz" }, { pattern: "*.whl" }], "publish.artifact-missing"],
    ["fails for more than there may be", [{ pattern: "*", least: 0, most: 1 }], "publish.artifact-unexpected"],
    ["fails for what no rule knows", [{ pattern: "*.tar.gz" }], "publish.artifact-unexpected"],
  ])("PUB-13: %s, by rules that are data", async (_what, rules, code) => {
    const two = code === "publish.artifact-unexpected" ? [tarball, archive("linux_amd64")] : [tarball];
    const carried = {
      [tarball.name]: "packed",
      ...(two.length > 1 ? { "tide_linux_amd64.tar.gz": "linux_amd64" } : {}),
    };
    const config = { ...usual, provenance: { workflow: "release.yml", files: rules } };
    expect((await sit({ config, files: two, carried })).code).toBe(code);
  });
});

describe("the declared platforms", () => {
  const offer = (channel: string, platform: string, support = "official") => ({ channel, platform, support });
  const targets = {
    schema: "seaworthy-targets/1",
    targets: [
      { id: "linux", offers: [offer("brew", "linux_amd64"), offer("crates", "linux_amd64", "preview")] },
      { id: "mac", offers: [offer("brew", "darwin_arm64")] },
    ],
  };
  const built = (...platforms: string[]) => ({
    files: platforms.map(archive),
    carried: Object.fromEntries(platforms.map((one) => [`tide_${one}.tar.gz`, one])),
    targets,
  });

  it("PUB-13 BLD-06: are all built, and the record says with which digest", async () => {
    const { code, document } = await sit(built("linux_amd64", "darwin_arm64"));
    expect(code).toBeUndefined();
    expect(document.platforms[0]).toEqual({
      channel: "brew",
      official: ["darwin_arm64", "linux_amd64"],
      preview: [],
      built: { darwin_arm64: [digestsOf("darwin_arm64").sha256], linux_amd64: [digestsOf("linux_amd64").sha256] },
    });
  });

  it("PUB-13 F36: block when an official one is missing, and tell of a preview", async () => {
    const { report, code } = await sit(built("darwin_arm64"));
    expect(code).toBe("publish.platform-missing");
    expect(checkOf(report, "platforms:brew")?.because).toContain("none for linux_amd64");
    expect(checkOf(report, "previews:crates")).toMatchObject({ required: false, result: "fail" });
  });
});
