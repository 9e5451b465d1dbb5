import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { type ArtifactBackend, startArtifacts } from "../../rehearsal/artifacts/start-artifacts.ts";
import { readZip } from "../../rehearsal/artifacts/zip.ts";
import { aGitHub, type Fixture } from "../../rehearsal/github/testing.ts";
import { artifactLedgerStore } from "../../src/adapters/artifact-ledger-store.ts";
import { configSchema } from "../../src/contract/config/schema.ts";
import { type AdmittedRecord, recordFile } from "../../src/domain/admission.ts";
import { canonicalJson, digestOf, hexDigest } from "../../src/domain/digest.ts";
import { recordSchema } from "../../src/domain/evidence.ts";
import { aBuild, aBuiltFile } from "../../src/testing/build-builders.ts";
import { anArrival, aRecord, aRelease } from "../../src/testing/builders.ts";
import { runBundle } from "../bundles/run-bundle.ts";

const repository = "acme/rocket";
const earlier = 70;
/** A run whose tag stands on the commit that set the version, and not on its own. */
const bumped = 60;
const bytes = new TextEncoder().encode("packed");
const file = aBuiltFile({
  size: bytes.byteLength,
  sha256: hexDigest("sha256", bytes),
  sha512: hexDigest("sha512", bytes),
});

let at: Fixture;
let backend: ArtifactBackend;
let folder: string;
let nextRun = 90;

beforeAll(async () => {
  at = await aGitHub();
  folder = mkdtempSync(join(tmpdir(), "recovery-"));
  mkdirSync(join(folder, "artifacts"));
  const clock = { now: () => new Date() };
  backend = await startArtifacts({ folder: join(folder, "artifacts"), clock, journal: join(folder, "journal.jsonl") });
  at.github.serveArtifacts(backend.source);
  await at.git("tag", "-a", "v1.1.0", "-m", "v1.1.0", at.head);
  await at.git("push", "-q", at.gitDir, "v1.1.0");
  const path = ".github/workflows/release.yml";
  for (const id of [earlier, bumped]) {
    const ended = { status: "completed", conclusion: "failure" } as const;
    at.github.recordRun({ id, path, event: "push", headSha: at.head, ...ended });
    for (const [name, conclusion] of [
      ["Build", "success"],
      ["Publish", "failure"],
    ] as const) {
      at.github.recordJob({ runId: id, name, status: "completed", conclusion });
    }
  }
  for (const one of evidence(earlier, { tag: "v1.1.0", sha: at.head })) await store(one, earlier);
  await at.git("tag", "-a", "v1.2.0", "-m", "v1.2.0", at.first);
  await at.git("push", "-q", at.gitDir, "v1.2.0");
  for (const one of evidence(bumped, { tag: "v1.2.0", version: "1.2.0", sha: at.first })) await store(one, bumped);
});

afterAll(async () => {
  await Promise.all([at.close(), backend.close()]);
  rmSync(folder, { recursive: true, force: true });
});

describe("a build that is published in another run", () => {
  it.each([
    ["its run", { "build-run-id": String(earlier) }],
    ["its tag", { "release-tag": "v1.1.0" }],
  ])("BLD-13 PUB-10: is found by %s, proven again, and handed to the jobs of this run", async (_what, inputs) => {
    const { ending, record, artifacts } = await judge(inputs);
    expect(ending.outputs.code, ending.log).toBe("");
    expect(record.consumed.map(({ stage }) => stage)).toEqual(["plan-release", "auto-tag", "build-manifest"]);
    expect(record.release.tag).toBe("v1.1.0");
    expect(ending.outputs.artifacts).toBe("seaworthy-build-manifest-1");
    expect(artifacts).toEqual(expect.arrayContaining(["seaworthy-plan-release-1", "seaworthy-build-manifest-1"]));

    const records = `${ending.outputs.records}\n${ending.outputs.record}`;
    const next = await bundle(record.run.id, { mode: "live", records }, 2);
    const foreign = await bundle(record.run.id, { mode: "live", records: ending.outputs.records ?? "" }, 3);
    expect(next.outputs.code).toBe("publish.no-channel");
    expect(foreign.outputs.code).toBe("all.evidence-mismatch");
  });

  it("BLD-13 TAG-05: is found by its tag where that stands on the commit that set the version, below the run's own", async () => {
    const { ending, record } = await judge({ "release-tag": "v1.2.0" });
    expect(ending.outputs, ending.log).toMatchObject({ code: "", tag: "v1.2.0", version: "1.2.0" });
    expect(record.release).toMatchObject({ tag: "v1.2.0", sha: at.first });
    expect(record.verdict.result).toBe("pass");
  });

  it("ALL-06 F35: is found in a job without a checkout by the repository and the token that it is given, and by no token of the environment", async () => {
    const { ending } = await judge({ "build-run-id": String(earlier) });
    expect(ending.outputs, ending.log).toMatchObject({ code: "", tag: "v1.1.0" });
    const { ending: tokenless } = await judge({ "build-run-id": String(earlier), "github-token": "" });
    expect([tokenless.code, tokenless.outputs.code]).toEqual([1, "all.auth-unhealthy"]);
  });

  it("BLD-13: is not guessed from two answers", async () => {
    const { ending } = await judge({ "build-run-id": String(earlier), "release-tag": "v1.1.0" });
    expect(ending.outputs.code).toBe("publish.input-ambiguous");
  });

  it("BLD-13: is not found in a run that there is not", async () => {
    const { ending } = await judge({ "build-run-id": "71" });
    expect(ending.outputs.verdict).not.toBe("pass");
    expect(ending.code).toBe(1);
  });
});

/** What the earlier run left: everything up to the build, and the verdict that closed it. */
function evidence(id: number, released: { tag: string; version?: string; sha: string }): AdmittedRecord[] {
  const config = configSchema.parse({ provenance: { workflow: "release.yml", jobs: ["Build"] } });
  const release = aRelease({ repository, ...released });
  const run = { id: String(id), attempt: 1, job: "job", url: "" };
  const shared = { release, run, policy: digestOf(config) };
  const plan = anArrival(aRecord(shared), { "config.json": canonicalJson(config) });
  const tag = anArrival(aRecord({ stage: "auto-tag", ...shared }));
  const { tag: name, version, sha: commit } = release;
  const manifest = { ...{ tag: name ?? "", version: version ?? "", commit }, run: run.id, workflow: "" };
  const described = aBuild([file], { ...shared, consumed: links([plan, tag]) }, manifest);
  const text = new TextDecoder().decode(described.attachments.get("manifest.json"));
  const build = anArrival(
    { ...described.record, attachments: [] },
    { "manifest.json": text, [`files/${file.name}`]: "packed" },
  );
  const verdict = anArrival(aRecord({ stage: "verdict", ...shared, consumed: links([plan, tag, build]) }));
  return [plan, tag, build, verdict];
}

function links(records: AdmittedRecord[]) {
  return records.map(({ artifact, digest, record: { stage, leg } }) => ({ stage, leg, artifact, digest }));
}

async function store({ artifact, record, attachments }: AdmittedRecord, runId: number): Promise<void> {
  process.env.ACTIONS_RESULTS_URL = backend.resultsUrl;
  process.env.ACTIONS_RUNTIME_TOKEN = backend.runtimeToken({ runId, jobId: 1 });
  const files = new Map([...attachments, [recordFile, new TextEncoder().encode(canonicalJson(record))]]);
  await artifactLedgerStore(folder).save(artifact, files);
}

/** Without a checkout, and with a token of the environment that only a command which guesses would take. */
function bundle(runId: string, inputs: Record<string, string>, attempt = 1) {
  const token = at.github.issueToken({ permissions: { actions: "read", contents: "read" } });
  return runBundle("publish-verify", {
    inputs: { "github-token": token, ...inputs },
    environment: {
      GITHUB_TOKEN: token,
      GITHUB_REPOSITORY: repository,
      GITHUB_RUN_ID: runId,
      GITHUB_RUN_ATTEMPT: String(attempt),
      GITHUB_SHA: at.head,
      GITHUB_API_URL: at.github.apiUrl,
      GITHUB_SERVER_URL: at.github.serverUrl,
      ACTIONS_RESULTS_URL: backend.resultsUrl,
      ACTIONS_RUNTIME_TOKEN: backend.runtimeToken({ runId, jobId: 2 }),
    },
  });
}

async function judge(inputs: Record<string, string>) {
  nextRun += 1;
  const runId = String(nextRun);
  const ending = await bundle(runId, { mode: "provenance", ...inputs });
  const own = backend.list().filter((one) => one.runId === runId);
  const artifact = own.find(({ name }) => name.includes("publish-verify"));
  if (!artifact) throw new Error(`expected the bundle to hand over a record, found none:\n${ending.log}`);
  const entries = readZip(backend.read(artifact.id) ?? Buffer.alloc(0));
  const text = entries.find(({ name }) => name === recordFile)?.content.toString("utf8");
  const record = recordSchema.parse(JSON.parse(z.string().parse(text)));
  return { ending, record, artifacts: own.map(({ name }) => name) };
}
