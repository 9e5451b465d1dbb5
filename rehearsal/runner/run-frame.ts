/** What all jobs of one run share. */
import type { Delays, JobResult, RunEvent, RunnerServices, RunRequest } from "./contract.ts";
import type { JsonObject } from "./json.ts";
import type { Slots } from "./slots.ts";
import type { Sources } from "./sources.ts";

/** An event before it is stamped with its time. */
export type UnstampedEvent = RunEvent extends infer Event
  ? Event extends RunEvent
    ? Omit<Event, "at">
    : never
  : never;

/** The run as its jobs see it. */
export interface RunFrame {
  request: RunRequest;
  services: RunnerServices;
  sources: Sources;
  delays: Delays;
  labels: string[];
  slots: Slots;
  /** Aborts when the run is cancelled. */
  cancelled: AbortSignal;
  /** Aborts when the machine vanishes. */
  killed: AbortSignal;
  /** The parts of the `github` context that are the same in all jobs. */
  github: JsonObject;
  eventPath: string;
  /** Every job that ended, or was skipped, in the order of ending. */
  results: JobResult[];
  emit(event: UnstampedEvent): void;
}

/** GitHub's own times. */
export const githubDelays: Delays = {
  minute: 60_000,
  interrupt: 7_500,
  terminate: 2_500,
  force: 300_000,
  drain: 1_000,
};
