import type { Code } from "#src/domain/catalogue";

/** A run of a workflow as the server tells it. */
export interface WorkflowRun {
  id: number;
  /** Page for people. */
  url: string;
  event: string;
  sha: string;
  /** Branch or tag that the run is of, by its short name. */
  ref: string;
  created: Date;
  finished: boolean;
  /** GitHub's own word; empty until the run has finished. */
  conclusion: string;
}

/** A job that did not succeed. */
export interface FailedJob {
  name: string;
  url: string;
  conclusion: string;
  /** First step that failed; empty where none did. */
  step: string;
  /** End of its log as it came, not yet shortened; undefined where the server did not hand it out. */
  log: string | undefined;
}

/** What is to be started. */
export interface DispatchRequest {
  /** File in `.github/workflows`. */
  workflow: string;
  /** Short name of the tag. */
  ref: string;
  inputs: Record<string, string>;
}

/** Why a workflow was not started. */
export type DispatchRefusal = Extract<
  Code,
  "tag.dispatch-failed" | "tag.permission-missing" | "all.auth-unhealthy" | "all.rate-limited"
>;

/** What became of a dispatch: `accepted` names no run, and `unclear` may have started one. */
export type Dispatching =
  | { outcome: "started"; id: number; url: string }
  | { outcome: "accepted" }
  | { outcome: "unclear"; because: string }
  | { outcome: "refused"; code: DispatchRefusal; because: string };

/** The runs of the repository's workflows. Questions throw `tag.dispatch-failed`, `tag.permission-missing` or `all.…`. */
export interface WorkflowRuns {
  /** Lists the runs of a workflow on a commit, newest first, a hundred at most, in one API request. */
  list(workflow: string, sha: string): Promise<WorkflowRun[]>;
  /** Starts a workflow. It is asked once: a second try could start a second run. */
  dispatch(request: DispatchRequest): Promise<Dispatching>;
  /** Reads a run; a fresh one may be absent for a while. */
  read(id: number): Promise<WorkflowRun | "absent">;
  /** Names the jobs of a run's latest attempt that succeeded. */
  succeededJobs(id: number): Promise<string[]>;
  /** Lists the jobs of a run's latest attempt that did not succeed, with the logs of the first three. */
  failedJobs(id: number): Promise<FailedJob[]>;
}
