import type { RunResult } from "./runner/contract.ts";

/** A run that has ended, by the id under which it stores its artifacts. */
export interface EndedRun {
  runId: number;
  result: RunResult;
}

/** The name of the artifact with the verdict's files, where the verdict stage of a run has spoken. */
export function reportOf({ jobs }: RunResult): string | undefined {
  return jobs.find(({ key, outputs }) => key.endsWith("verdict") && outputs.report)?.outputs.report;
}
