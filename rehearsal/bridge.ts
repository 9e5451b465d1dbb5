import { formatInstant } from "#src/domain/instant";
import type { EmbeddedGitHub } from "./github/start-github.ts";
import type { Conclusion, JobRef, RunEvent } from "./runner/contract.ts";

/** One workflow run as the embedded GitHub knows it. */
export interface RecordedRun {
  runId: number;
  path: string;
  headSha: string;
  headBranch: string;
  event: string;
  attempt: number;
  actor: string;
}

/** Characters of a job's log that are kept, from its end. */
const logLimit = 64 * 1024;

/** GitHub's own conclusions; a machine that vanished ends as a failure there. */
const conclusions = {
  success: "success",
  failure: "failure",
  cancelled: "cancelled",
  skipped: "skipped",
  lost: "failure",
} as const satisfies Record<Conclusion, string>;

/** Makes a listener that writes a run's progress into the embedded GitHub: its run, its jobs, and so their check runs. */
export function recordInto(github: EmbeddedGitHub, run: RecordedRun, now: () => Date): (event: RunEvent) => void {
  const jobs = new Map<string, number>();
  const logs = new Map<string, string>();
  const instant = () => formatInstant(now());
  const { runId, ...facts } = run;
  github.recordRun({ id: runId, ...facts, status: "in_progress", startedAt: instant() });

  const jobOf = (job: JobRef) => {
    const known = jobs.get(job.key);
    if (known !== undefined) return known;
    const id = github.recordJob({ runId, name: job.name, attempt: job.attempt, status: "queued" });
    jobs.set(job.key, id);
    return id;
  };

  return (event) => {
    if (event.type === "log")
      logs.set(event.job.key, `${logs.get(event.job.key) ?? ""}${event.text}\n`.slice(-logLimit));
    if (event.type === "job-started") {
      github.recordJob({
        id: jobOf(event.job),
        runId,
        name: event.job.name,
        status: "in_progress",
        startedAt: instant(),
      });
    }
    if (event.type === "job-finished") {
      const conclusion = conclusions[event.conclusion];
      github.recordJob({
        id: jobOf(event.job),
        runId,
        name: event.job.name,
        status: "completed",
        conclusion,
        completedAt: instant(),
        log: logs.get(event.job.key) ?? "",
      });
    }
    if (event.type === "run-finished") {
      github.recordRun({
        id: runId,
        ...facts,
        status: "completed",
        conclusion: conclusions[event.conclusion],
        updatedAt: instant(),
      });
    }
  };
}
