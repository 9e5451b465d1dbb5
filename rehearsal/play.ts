import { reviewer } from "./assumed-environments.ts";
import type { RecordedRun } from "./bridge.ts";
import { recordInto } from "./bridge.ts";
import type { RunEvent, RunnerServices, RunRequest, RunResult } from "./runner/contract.ts";
import type { JsonObject } from "./runner/json.ts";
import { runWorkflow, startupFailureOf } from "./runner/run-workflow.ts";
import { suiteCommit, type World } from "./world.ts";

/** One workflow to execute in a world. */
export interface Play {
  workflow: string;
  repository: string;
  branch: string;
  /** Full ref of the run; the branch where absent. */
  ref?: string;
  sha: string;
  event: { name: string; payload: JsonObject };
  inputs: Record<string, string>;
  /** Secrets and variables of the repository. */
  secrets?: Record<string, string>;
  vars?: Record<string, string>;
  run: { id: number; number: number; attempt: number };
  previous?: RunResult;
  /** The answer of every reviewer. */
  reviewers: "approved" | "rejected";
  watchers: ((event: RunEvent) => void)[];
  killSignal?: AbortSignal;
  signal?: AbortSignal;
}

/** Every action is compiled once for all rehearsals. */
const compiled = `--import=${new URL("./compiled.mjs", import.meta.url).href}`;

/** Who starts every run. */
const actor = "rehearsal";

/** Slug under which workflows name the suite; the rehearsal takes its files from this very checkout. */
const suiteSlug = "seaworthy/seaworthy";

/** Executes a workflow file of the rehearsed repository, and writes its progress into the embedded GitHub. */
export async function play(world: World, piece: Play): Promise<RunResult> {
  const recorded: RecordedRun = {
    runId: piece.run.id,
    path: piece.workflow,
    headSha: piece.sha,
    headBranch: piece.branch,
    event: piece.event.name,
    attempt: piece.run.attempt,
    actor,
  };
  const listeners = [recordInto(world.github, recorded, world.clock.now), ...piece.watchers];
  return runWorkflow(requestFor(world, piece), servicesFor(world, piece, listeners));
}

/** Says what would refuse a piece before it starts; undefined where nothing would. Nothing is begun or recorded. */
export async function refusalOf(world: World, piece: Play): Promise<string | undefined> {
  return startupFailureOf(requestFor(world, piece), servicesFor(world, piece, []));
}

function requestFor(world: World, piece: Play): RunRequest {
  const { folders, github, artifacts, clock } = world;
  return {
    workflow: piece.workflow,
    source: folders.source,
    repository: piece.repository,
    event: piece.event,
    inputs: piece.inputs,
    secrets: piece.secrets ?? {},
    vars: piece.vars ?? {},
    ref: piece.ref ?? `refs/heads/${piece.branch}`,
    sha: piece.sha,
    actor,
    run: piece.run,
    home: folders.jobs,
    node: process.execPath,
    // A bundled dependency is told off for an old way to make a buffer; nobody who reads the log can change that.
    nodeOptions: [compiled, ...clock.nodeArguments, "--disable-warning=DEP0005"],
    env: world.machine,
    serverUrl: github.serverUrl,
    apiUrl: github.apiUrl,
    resultsUrl: artifacts.resultsUrl,
    ...(piece.previous ? { previous: piece.previous } : {}),
    ...(piece.signal ? { signal: piece.signal } : {}),
    ...(piece.killSignal ? { killSignal: piece.killSignal } : {}),
  };
}

function servicesFor(world: World, piece: Play, listeners: ((event: RunEvent) => void)[]): RunnerServices {
  const { github, artifacts, root, folders } = world;
  return {
    resolve: async (repository) => {
      if (repository === piece.repository) return { directory: folders.source, sha: piece.sha };
      return repository === suiteSlug ? { directory: root, sha: suiteCommit(root) } : undefined;
    },
    issueToken: async ({ job, permissions }) => github.issueToken({ permissions, stage: job.id }),
    runtimeToken: async ({ runId, job }) => artifacts.runtimeToken({ runId, jobId: job.number, stage: job.id }),
    // Nobody answers there: a rehearsal knows who may ask for an identity, and hands none out.
    idToken: async () => ({ url: `${artifacts.resultsUrl}identity`, token: "identity-of-a-rehearsal" }),
    // Which environments are protected is known on GitHub only: one that nobody has set up here has a reviewer.
    environmentProtection: async (name) => ({ reviewers: github.reviewersOf(name) ?? [reviewer] }),
    review: async ({ environment, reviewers }) => {
      const approval = { runId: piece.run.id, environments: [environment], state: piece.reviewers };
      const [user = reviewer] = reviewers;
      github.recordApproval({ ...approval, user, comment: "answered by the rehearsal" });
      return piece.reviewers;
    },
    onEvent: (event) => {
      for (const listener of listeners) listener(event);
    },
  };
}
