/** One leg of a job at the moment it runs. */
import type { JobRef } from "./contract.ts";
import type { Scope } from "./expressions.ts";
import type { ReadyJob } from "./graph-frame.ts";
import type { Leg } from "./matrix.ts";
import type { JobOutcome } from "./outcomes.ts";
import { recordUnstarted, type UnstartedConclusion } from "./unstarted.ts";

/** A leg about to run. */
export interface ReadyLeg {
  job: ReadyJob;
  leg: Leg;
  ref: JobRef;
  scope: Scope;
  cancelled: AbortSignal;
  /** The concurrency groups that are held around and by this leg. */
  held: string[];
}

/** Records a leg that never starts. */
export function neverStarted(
  { job, ref }: ReadyLeg,
  conclusion: Exclude<UnstartedConclusion, "skipped">,
  message?: string,
): JobOutcome {
  recordUnstarted(job.frame.run, ref, { conclusion, ...(message === undefined ? {} : { message }) });
  return { result: conclusion, outputs: {}, fresh: true };
}
