import type { Snapshot } from "./github/snapshot.ts";

/** What the rehearsal itself writes down of the runs that it executes. */
type Kept = Pick<Snapshot, "runs" | "jobs" | "approvals" | "checkRuns">;

/**
 * Leaves out of a snapshot what is no write of the release: runs, their jobs with the jobs' own check runs, and the answers of
 * reviewers. A check run that no job has is somebody's write and stays.
 */
export function withoutOwnRuns<Taken extends Kept>({ runs: _runs, jobs, approvals: _approvals, ...rest }: Taken) {
  const own = new Set(jobs.map(({ checkRun }) => checkRun));
  return { ...rest, checkRuns: rest.checkRuns.filter(({ id }) => !own.has(id)) };
}
