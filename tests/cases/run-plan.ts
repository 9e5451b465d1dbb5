import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { type ArtifactBackend, startArtifacts } from "../../rehearsal/artifacts/start-artifacts.ts";
import { readZip } from "../../rehearsal/artifacts/zip.ts";
import { recordSchema } from "../../src/domain/evidence.ts";
import { type BundleEnding, runBundle } from "../bundles/run-bundle.ts";
import { type Ground, serverUrl } from "./ground.ts";

/** What the shipped plan-release said about a situation. */
export interface Answer {
  ending: BundleEnding;
  record: z.output<typeof recordSchema>;
  /** Files that travel beside the record, by name. */
  files: Map<string, string>;
}

/** A desk to which the bundle hands its records; one serves all questions about a history. */
export interface Desk {
  backend: ArtifactBackend;
  ask(ground: Ground, question: { head: string; inputs: Record<string, string>; event?: object }): Promise<Answer>;
}

let runs = 1_000;

/** Opens the desk: the embedded artifact service, in a folder. */
export async function openDesk(folder: string): Promise<Desk> {
  mkdirSync(join(folder, "artifacts"));
  const backend = await startArtifacts({
    folder: join(folder, "artifacts"),
    clock: { now: () => new Date() },
    journal: join(folder, "journal.jsonl"),
  });
  return { backend, ask: (ground, question) => askPlan(backend, ground, question) };
}

async function askPlan(
  backend: ArtifactBackend,
  ground: Ground,
  { head, inputs, event = {} }: Parameters<Desk["ask"]>[1],
): Promise<Answer> {
  runs += 1;
  const runId = runs;
  const eventFile = join(ground.folder, "event.json");
  writeFileSync(eventFile, JSON.stringify(event));
  const ending = await runBundle("plan-release", {
    inputs: { "github-token": "t0ken", operator: "ada", ...inputs },
    environment: {
      GITHUB_REPOSITORY: "octo/tide",
      GITHUB_RUN_ID: String(runId),
      GITHUB_SHA: head,
      GITHUB_REF: "refs/heads/main",
      GITHUB_EVENT_NAME: "push",
      GITHUB_EVENT_PATH: eventFile,
      GITHUB_SERVER_URL: serverUrl,
      GIT_CONFIG_GLOBAL: ground.gitSettings,
      GITHUB_WORKSPACE: ground.work,
      ACTIONS_RESULTS_URL: backend.resultsUrl,
      ACTIONS_RUNTIME_TOKEN: backend.runtimeToken({ runId, jobId: 1 }),
    },
  });
  const [artifact] = backend.list().filter((one) => one.runId === String(runId));
  if (!artifact) throw new Error(`expected the bundle to hand over a record, found none:\n${ending.log}`);
  const files = new Map(
    readZip(backend.read(artifact.id) ?? Buffer.alloc(0)).map(({ name, content }) => [name, content.toString("utf8")]),
  );
  return { ending, record: recordSchema.parse(JSON.parse(files.get("record.json") ?? "null")), files };
}

/** Reads a JSON file that travels beside the record. */
export function fileOf<Form extends z.ZodType>({ files }: Answer, name: string, form: Form): z.output<Form> {
  return form.parse(JSON.parse(files.get(name) ?? "null"));
}

const contextForm = z.object({
  sources: z.array(
    z.object({
      file: z.string(),
      place: z.string(),
      kind: z.string(),
      text: z.string().optional(),
      agrees: z.boolean().nullable(),
    }),
  ),
  push: z
    .object({
      "version-before": z.string().nullable(),
      "version-after": z.string().nullable(),
      "file-before": z.string().nullable(),
      "skipped-versions": z.array(z.object({ text: z.string() })),
    })
    .nullable(),
  bump: z.object({ required: z.string(), declared: z.string() }).nullable(),
  commits: z
    .object({ total: z.number(), breaking: z.number(), "by-class": z.record(z.string(), z.number()) })
    .nullable(),
});

/** Reads the context that the plan froze. */
export function contextOf(answer: Answer): z.output<typeof contextForm> {
  return fileOf(answer, "context.json", contextForm);
}
