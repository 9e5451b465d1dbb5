import type { RunEvent } from "../runner/contract.ts";

/** Whether an event is the beginning of a job, by its id in the workflow. */
export const starts = (event: RunEvent, jobId: string) => event.type === "job-started" && event.job.id === jobId;

/** Whether an event is the end of a job, however it ended. */
export const ends = (event: RunEvent, jobId: string) => event.type === "job-finished" && event.job.id === jobId;
