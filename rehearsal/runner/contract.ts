/** What goes into a run, what comes out of it, and what it asks of the world: plain data and a few callbacks. */
import type { Json, JsonObject } from "./json.ts";
import type { Permissions } from "./permissions.ts";

/** GitHub's word for how a run or a job ended; `lost` is ours, for a machine that vanished. */
export type Conclusion = "success" | "failure" | "cancelled" | "skipped" | "lost";

/** How a step ended. `outcome` is before `continue-on-error`, `conclusion` after it. */
export type StepConclusion = "success" | "failure" | "cancelled" | "skipped";

/** Real time, in milliseconds, of what GitHub fixes: tests shorten it. `minute` is the length of a `timeout-minutes` minute. */
export interface Delays {
  minute: number;
  /** From SIGINT to SIGTERM. */
  interrupt: number;
  /** From SIGTERM to the end of the process tree. */
  terminate: number;
  /** From the cancellation of a job to its forced end, `always()` steps included. */
  force: number;
  /** How long a step waits for its output after its process ended, when a background process holds the pipe. */
  drain: number;
}

/** One execution of one workflow file. Everything is plain data; nothing is read from the environment of this process except PATH. */
export interface RunRequest {
  /** Path of the workflow file inside the repository. */
  workflow: string;
  /** Directory with a checkout of the commit that holds the workflow file. */
  source: string;
  /** `owner/name`. */
  repository: string;
  event: { name: string; payload: JsonObject };
  /** Inputs of a `workflow_dispatch`, as text or already typed. */
  inputs?: Record<string, string | number | boolean>;
  /** Full ref, such as `refs/heads/main`. */
  ref: string;
  sha: string;
  actor: string;
  run: { id: number; number: number; attempt: number };
  /** Scratch directory; jobs live in subdirectories of it. */
  home: string;
  vars?: Record<string, string>;
  secrets?: Record<string, string>;
  /** The earlier attempt: what succeeded in it is kept, the rest and its dependents run again. */
  previous?: RunResult;
  /** Path of the Node.js 24 executable that actions run on. */
  node: string;
  /** Arguments of Node.js before the file of an action. */
  nodeOptions?: string[];
  /** Host variables that steps see besides the minimum. */
  env?: Record<string, string>;
  serverUrl: string;
  apiUrl: string;
  resultsUrl: string;
  /** Scopes of a workflow that names none; GitHub's restricted default when absent. */
  defaultPermissions?: Permissions;
  /** Labels of `runs-on` that this host stands for. */
  runnerLabels?: string[];
  /** Jobs at once; 2 when absent. */
  parallel?: number;
  /** Cancels the run, as a person would. */
  signal?: AbortSignal;
  /** Ends the run as if its machine vanished. */
  killSignal?: AbortSignal;
  /** Asked after each event: `kill` is the machine that vanishes, `cancel` a person who cancels. */
  interruptAfter?: (event: RunEvent) => "kill" | "cancel" | undefined;
  delays?: Partial<Delays>;
}

/** What a run needs from the world around it. */
export interface RunnerServices {
  /** Finds the checkout of `repository` at `ref`; `undefined` refuses the run: an unknown action is never skipped. */
  resolve(repository: string, ref: string): Promise<ResolvedRepository | undefined>;
  /** Issues the token of one job with exactly these scopes. */
  issueToken(request: { runId: number; job: JobRef; permissions: Permissions }): Promise<string>;
  /** Issues the token of the artifact service for one job; its `scp` must hold `Actions.Results:<run>:<job number>`. */
  runtimeToken(request: { runId: number; job: JobRef }): Promise<string>;
  /** Reads the protection of an environment; an absent one is open, as on GitHub. */
  environmentProtection(name: string): Promise<{ reviewers: string[] } | "absent">;
  /** Asks the reviewers of an environment. A rejection fails the job. */
  review(request: { environment: string; job: JobRef; reviewers: string[] }): Promise<"approved" | "rejected">;
  /** Where a job with `id-token: write` asks for its identity; none when absent. */
  idToken?(request: { runId: number; job: JobRef }): Promise<{ url: string; token: string }>;
  /** Hears everything that happens, in order. A promise is not awaited. */
  onEvent(event: RunEvent): void;
}

/** A repository on disk at one commit. */
export interface ResolvedRepository {
  directory: string;
  sha: string;
}

/** Names one job of a run. */
export interface JobRef {
  /** Stable across attempts: ids of the calling jobs and of the job, with the matrix values of a leg. */
  key: string;
  /** The numeric id, which is the id of its check run too; another one in each attempt. */
  number: number;
  /** The id in the workflow file. */
  id: string;
  /** What people see: `caller / job (leg)`. */
  name: string;
  /** `path` in the repository of the run, `owner/name/path@ref` elsewhere. */
  workflowFile: string;
  attempt: number;
}

/** Names one step of a job. `number` counts from 1, post steps included. */
export interface StepRef {
  number: number;
  id: string;
  name: string;
}

/** A message that a step attached to its run. */
export interface Annotation {
  level: "error" | "warning" | "notice";
  message: string;
  title?: string;
  file?: string;
  line?: number;
  endLine?: number;
  col?: number;
  endColumn?: number;
}

/** Everything that can be observed of a run. `at` is in milliseconds since the epoch; texts are masked. */
export type RunEvent = { at: number } & (
  | { type: "run-started"; runId: number; attempt: number; workflow: string }
  | { type: "run-waiting"; runId: number; group: string }
  | { type: "job-waiting"; job: JobRef; because: "environment" | "concurrency"; name: string }
  | { type: "job-started"; job: JobRef; environment?: string }
  | {
      type: "job-finished";
      job: JobRef;
      conclusion: Conclusion;
      environment?: string;
      environmentUrl?: string;
      /** Of a job that had started: what a later attempt may keep. */
      result?: JobResult;
    }
  | { type: "step-started"; job: JobRef; step: StepRef }
  | { type: "step-finished"; job: JobRef; step: StepRef; outcome: StepConclusion; conclusion: StepConclusion }
  | { type: "log"; job: JobRef; step?: StepRef; text: string }
  | { type: "annotation"; job: JobRef; step?: StepRef; annotation: Annotation }
  | { type: "summary"; job: JobRef; step: StepRef; markdown: string }
  | { type: "run-finished"; runId: number; conclusion: Conclusion; startupFailure?: string }
);

/** One step as it ended. */
export interface StepResult extends StepRef {
  outcome: StepConclusion;
  conclusion: StepConclusion;
  summary?: string;
  annotations: Annotation[];
}

/** One job as it ended. `result` is what `needs` sees: a failure under `continue-on-error` counts as success there. */
export interface JobResult extends JobRef {
  conclusion: Conclusion;
  result: Conclusion;
  outputs: Record<string, string>;
  permissions: Permissions;
  startedAt?: string;
  finishedAt?: string;
  steps: StepResult[];
  annotations: Annotation[];
}

/** A run as it ended. `startupFailure` is set when nothing was started, one complaint a line. */
export interface RunResult {
  conclusion: Conclusion;
  attempt: number;
  jobs: JobResult[];
  /** Outputs of the top-level jobs by job id. */
  outputs: Record<string, Record<string, Json>>;
  startupFailure?: string;
}
