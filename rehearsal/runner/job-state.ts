/** What one running job knows and changes as its steps go by. */
import type { NodeRuns } from "./action-file.ts";
import type { JobNode, WorkflowNode } from "./called-workflows.ts";
import type { Annotation, JobRef, StepRef, StepResult } from "./contract.ts";
import type { Json, JsonObject } from "./json.ts";
import type { Masks } from "./masks.ts";
import type { Permissions } from "./permissions.ts";
import type { RunFrame } from "./run-frame.ts";

/** A job that is about to run: everything is decided but its steps. */
export interface JobPlan {
  run: RunFrame;
  ref: JobRef;
  workflow: WorkflowNode;
  node: JobNode;
  permissions: Permissions;
  /** `needs`, `inputs`, `secrets`, `matrix` and `strategy` as this job sees them. */
  given: { needs: JsonObject; inputs: JsonObject; secrets: Record<string, string>; matrix: Json; strategy: Json };
  environment?: string;
  /** Aborts when this job is to be cancelled; it does not when its condition holds in a cancelled run. */
  cancelled: AbortSignal;
}

/** Folders of one job. */
export interface JobPaths {
  workspace: string;
  temp: string;
  tools: string;
  home: string;
}

/** The invocation of a JavaScript action: all its phases see the same inputs and state. */
export interface NodeInvocation {
  directory: string;
  runs: NodeRuns;
  /** How people see the step: its post phase is called after it. */
  name: string;
  env: Record<string, string>;
  state: Record<string, string>;
  scope: StepScope;
  actionContext: JsonObject;
  postRegistered: boolean;
}

/** What the steps of a job, or of one composite action, see of each other. */
export interface StepScope {
  /** The `steps` context. */
  steps: JsonObject;
  inputs: Json;
  env: Record<string, string>;
  /** Values of the `github` context that only hold inside an action. */
  github: JsonObject;
  /** Set inside a composite action: there, `success()` looks at the steps of the action only. */
  composite?: { failed: boolean };
}

/** A running job. */
export interface JobState {
  plan: JobPlan;
  paths: JobPaths;
  masks: Masks;
  token: string;
  runtime: { token: string; id?: { url: string; token: string } };
  status: "success" | "failure" | "cancelled";
  cancelled: AbortSignal;
  /** Cancels this job alone, as its time limit does. */
  abort(reason: string): void;
  /** Aborts when nothing of the job may run any more: its machine is gone, or its cancellation took too long. */
  forced: AbortSignal;
  /** Environment from the workflow, the job and GITHUB_ENV. */
  env: Record<string, string>;
  /** Folders that steps put before PATH, the latest first. */
  path: string[];
  posts: NodeInvocation[];
  prepared: Map<unknown, NodeInvocation>;
  results: StepResult[];
  annotations: Annotation[];
  trackingId: string;
}

/** Where a step, or what runs inside it, reports to. */
export interface StepReport {
  ref: StepRef;
  result: StepResult;
  log(text: string): void;
  annotate(annotation: Annotation): void;
  summarize(markdown: string): void;
}
