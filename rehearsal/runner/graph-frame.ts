/** A workflow, and a job of it, at the moment they run. */
import type { JobNode, WorkflowNode } from "./called-workflows.ts";
import type { Scope } from "./expressions.ts";
import type { JsonObject } from "./json.ts";
import type { JobOutcome } from "./outcomes.ts";
import type { RunFrame } from "./run-frame.ts";

/** A workflow about to run, at the top or called. */
export interface GraphFrame {
  run: RunFrame;
  workflow: WorkflowNode;
  /** Ids and names of the calling jobs, empty at the top. */
  caller: { key: string; name: string };
  inputs: JsonObject;
  secrets: Record<string, string>;
  /** Whether jobs that succeeded in the earlier attempt may be kept. */
  keep: boolean;
  /** Aborts when everything below is to be cancelled. */
  cancelled: AbortSignal;
  /** The concurrency groups that are held around it: waiting for one of them would never end. */
  held: string[];
  /** Runs a workflow that a job of this one calls. */
  runCalled(frame: GraphFrame): Promise<JobOutcome>;
}

/** A job whose needs have ended. */
export interface ReadyJob {
  frame: GraphFrame;
  node: JobNode;
  needs: JsonObject;
  /** The contexts and functions of its condition, matrix and inputs. */
  scope: Scope;
  /** Whether everything before it was kept from the earlier attempt. */
  keep: boolean;
}
