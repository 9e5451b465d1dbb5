/** A bench for tests: a small repository in a temporary folder, executed for real. */
import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { JobResult, RunEvent, RunnerServices, RunRequest, RunResult, StepResult } from "./contract.ts";
import type { Permissions } from "./permissions.ts";
import { runWorkflow } from "./run-workflow.ts";

/** A run and everything that was seen of it. */
export interface BenchRun {
  result: RunResult;
  events: RunEvent[];
  log: string;
  /** The scopes that each job's token was issued with, by the key of the job. */
  tokens: Record<string, Permissions>;
  home: string;
}

/** What a test may change of a run. */
export interface BenchOptions {
  request?: Partial<RunRequest>;
  services?: Partial<RunnerServices>;
  /** Files of other repositories by `owner/name`. */
  repositories?: Record<string, Record<string, string>>;
}

/** Times short enough for tests, and long enough for a busy machine. */
const shortDelays = { minute: 400, interrupt: 300, terminate: 200, force: 8_000, drain: 200 };

/** Writes files into a new temporary folder. */
export async function folderWith(files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "runner-"));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return folder;
}

/** Writes a workflow with the job `one`, of these steps and, `more`, other keys, both indented as they stand in the file. */
export function oneJob(steps: string, more = ""): string {
  return `on: push\njobs:\n  one:\n    runs-on: ubuntu-latest\n${more}\n    steps:\n${steps}\n`;
}

/** Runs `.github/workflows/w.yml` of a repository with these files. A single text stands for that file alone. */
export async function runBench(given: string | Record<string, string>, options: BenchOptions = {}): Promise<BenchRun> {
  const files = typeof given === "string" ? { ".github/workflows/w.yml": given } : given;
  const source = await folderWith(files);
  const home = await mkdtemp(join(tmpdir(), "runner-home-"));
  const others = new Map<string, string>();
  for (const [name, tree] of Object.entries(options.repositories ?? {})) others.set(name, await folderWith(tree));
  const events: RunEvent[] = [];
  const tokens: Record<string, Permissions> = {};
  const services: RunnerServices = {
    async resolve(repository) {
      const directory = others.get(repository);
      return directory === undefined ? undefined : { directory, sha: "b".repeat(40) };
    },
    async issueToken({ job, permissions }) {
      tokens[job.key] = permissions;
      return `ghs_token_of_${job.number}`;
    },
    runtimeToken: async ({ job }) => `runtime-token-of-${job.number}`,
    environmentProtection: async () => "absent",
    review: async () => "approved",
    onEvent: (event) => {
      events.push(event);
    },
    ...options.services,
  };
  const result = await runWorkflow({ ...requestFor(source, home), ...options.request }, services);
  const log = events.flatMap((event) => (event.type === "log" ? [event.text] : [])).join("\n");
  return { result, events, log, tokens, home };
}

function requestFor(source: string, home: string): RunRequest {
  return {
    workflow: ".github/workflows/w.yml",
    source,
    repository: "ships/harbour",
    event: { name: "push", payload: {} },
    ref: "refs/heads/main",
    sha: "a".repeat(40),
    actor: "mate",
    run: { id: 7, number: 3, attempt: 1 },
    home,
    node: process.execPath,
    serverUrl: "http://git.localhost:1",
    apiUrl: "http://127.0.0.1:1",
    resultsUrl: "http://127.0.0.1:1",
    delays: shortDelays,
  };
}

/** Finds a job by its name. Throws an `Error` that lists the jobs when there is none. */
export function jobNamed({ result }: BenchRun, name: string): JobResult {
  const found = result.jobs.find((job) => job.name === name);
  if (found) return found;
  throw new Error(`no job '${name}' among ${result.jobs.map((job) => job.name).join(", ")}; ${result.startupFailure}`);
}

/** Lists how the jobs ended, by name. */
export function conclusions({ result }: BenchRun): Record<string, string> {
  return Object.fromEntries(result.jobs.map((job) => [job.name, job.conclusion]));
}

/** Lists how the steps of a job ended. */
export function stepConclusions(job: JobResult): string[] {
  return job.steps.map((step: StepResult) => `${step.name}: ${step.outcome}/${step.conclusion}`);
}
