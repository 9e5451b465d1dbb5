import { type Memory, remember } from "./memory.ts";
import type { JobRef, JobResult, RunEvent, RunResult } from "./runner/contract.ts";

/**
 * Makes a listener that keeps the memory of a rehearsal on disk from before its first job, so that one that is killed can be
 * resumed: whatever had started and not ended counts as lost.
 */
export function chronicle(
  file: string,
  memory: Omit<Memory, "result">,
  previous: RunResult | undefined,
): (event: RunEvent) => void {
  const jobs = new Map((previous?.jobs ?? []).map((job) => [job.key, job]));
  const write = () => {
    const result: RunResult = {
      conclusion: "lost",
      attempt: memory.run.attempt,
      jobs: [...jobs.values()],
      outputs: {},
    };
    remember(file, { ...memory, result });
  };
  return (event) => {
    if (event.type === "job-started") jobs.set(event.job.key, unproven(event.job, "lost"));
    if (event.type === "job-finished") jobs.set(event.job.key, event.result ?? unproven(event.job, event.conclusion));
    if (event.type === "run-started" || event.type === "job-started" || event.type === "job-finished") write();
  };
}

function unproven(job: JobRef, conclusion: JobResult["conclusion"]): JobResult {
  return { ...job, conclusion, result: conclusion, outputs: {}, permissions: {}, steps: [], annotations: [] };
}
