import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { readZip } from "../../rehearsal/artifacts/zip.ts";
import { startGitHub } from "../../rehearsal/github/start-github.ts";
import { artifactLedgerStore } from "../../src/adapters/artifact-ledger-store.ts";
import { type AdmittedRecord, recordFile } from "../../src/domain/admission.ts";
import type { BuiltFile } from "../../src/domain/build-manifest.ts";
import { canonicalJson } from "../../src/domain/digest.ts";
import { recordSchema } from "../../src/domain/evidence.ts";
import { aBuild } from "../../src/testing/build-builders.ts";
import { anArrival, aRecord } from "../../src/testing/builders.ts";
import { runBundle } from "../bundles/run-bundle.ts";
import { type Ground, serverUrl } from "./ground.ts";
import type { Answer, Desk } from "./run-plan.ts";

/** What was built, after which plan, and which commit its manifest names. */
export interface RecordedBuild {
  plan: Answer;
  commit: string;
  /** Commit that the run was started from, which is no evidence of what it built. */
  startedFrom: string;
  files: BuiltFile[];
  /** What travels beside the manifest, by name. */
  carried: Record<string, string>;
}

const provenanceForm = z.object({
  build: z.object({ "source-sha": z.string().nullable() }).loose(),
  platforms: z.array(z.object({ channel: z.string(), official: z.array(z.string()) }).loose()),
});

/** What the shipped publish-verify said of a build. */
export interface ProvenanceAnswer {
  record: z.output<typeof recordSchema>;
  provenance: z.output<typeof provenanceForm>;
}

/** Puts a build before the shipped publish-verify: evidence in the artifact service, the run on the embedded GitHub, the tag on the remote. Never two at once, as `store` says. */
export async function askProvenance(
  ground: Ground,
  desk: Desk,
  { plan, commit, startedFrom, files, carried }: RecordedBuild,
): Promise<ProvenanceAnswer> {
  const { run, release, policy } = plan.record;
  const folder = mkdtempSync(join(ground.folder, "github-"));
  const clock = { now: () => new Date() };
  const journal = join(folder, "requests.jsonl");
  const github = await startGitHub({ repository: release.repository, gitDir: ground.remote, clock, journal });
  try {
    const path = ".github/workflows/release.yml";
    const ran = { event: "push", headSha: startedFrom, status: "completed" as const, conclusion: "success" as const };
    github.recordRun({ id: Number(run.id), path, ...ran });
    const shared = { release, policy, run };
    const manifest = { tag: release.tag ?? "", version: release.version ?? "", commit, run: run.id, workflow: "" };
    const build = withFiles(aBuild(files, shared, manifest), carried);
    const evidence = [anArrival(aRecord({ stage: "auto-tag", ...shared })), build];
    const token = desk.backend.runtimeToken({ runId: run.id, jobId: 2 });
    for (const one of evidence) await store(one, { folder, resultsUrl: desk.backend.resultsUrl, token });
    const records = [plan.ending.outputs.record, ...evidence.map(({ artifact, digest }) => `${artifact}@${digest}`)];
    const ending = await runBundle("publish-verify", {
      inputs: {
        mode: "provenance",
        "release-mode": release.mode,
        records: records.join("\n"),
        "github-token": github.issueToken({ permissions: { actions: "read", contents: "read" } }),
      },
      environment: {
        GITHUB_REPOSITORY: release.repository,
        GITHUB_RUN_ID: run.id,
        GITHUB_SHA: release.sha,
        GITHUB_API_URL: github.apiUrl,
        GITHUB_SERVER_URL: serverUrl,
        GIT_CONFIG_GLOBAL: ground.gitSettings,
        ACTIONS_RESULTS_URL: desk.backend.resultsUrl,
        ACTIONS_RUNTIME_TOKEN: token,
      },
    });
    return readAnswer(desk, run.id, ending.log);
  } finally {
    await github.close();
  }
}

function readAnswer({ backend }: Desk, runId: string, log: string): ProvenanceAnswer {
  const artifact = backend.list().find((one) => one.runId === runId && one.name.includes("publish-verify"));
  if (!artifact) throw new Error(`expected the bundle to hand over a record, found none:\n${log}`);
  const files = new Map(readZip(backend.read(artifact.id) ?? Buffer.alloc(0)).map((one) => [one.name, one.content]));
  const parse = (name: string): unknown => JSON.parse(files.get(name)?.toString("utf8") ?? "null");
  const provenance = provenanceForm.safeParse(parse("provenance.json"));
  if (!provenance.success) throw new Error(`expected provenance.json, found none:\n${log}`);
  return { record: recordSchema.parse(parse(recordFile)), provenance: provenance.data };
}

function withFiles(build: AdmittedRecord, carried: Record<string, string>): AdmittedRecord {
  const manifest = new TextDecoder().decode(build.attachments.get("manifest.json"));
  const files = Object.fromEntries(Object.entries(carried).map(([name, text]) => [`files/${name}`, text]));
  return anArrival({ ...build.record, attachments: [] }, { "manifest.json": manifest, ...files });
}

/** Stores a record as a job would, through GitHub's own client, whose address and token stand in the environment of this process: one at a time. */
async function store(
  { artifact, record, attachments }: AdmittedRecord,
  { folder, resultsUrl, token }: { folder: string; resultsUrl: string; token: string },
): Promise<void> {
  process.env.ACTIONS_RESULTS_URL = resultsUrl;
  process.env.ACTIONS_RUNTIME_TOKEN = token;
  const files = new Map([...attachments, [recordFile, new TextEncoder().encode(canonicalJson(record))]]);
  await artifactLedgerStore(folder).save(artifact, files);
}
