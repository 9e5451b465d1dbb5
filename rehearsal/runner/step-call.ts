/** A step that is about to run, and where it stands. */
import type { Place } from "./files.ts";
import type { JobState, StepReport, StepScope } from "./job-state.ts";
import type { StepFile } from "./step-file.ts";

/** Where steps stand: in a job, or in a composite action, whose inner steps report to its own step. */
export interface StepSite {
  scope: StepScope;
  place: Place;
  parent: AbortSignal;
  outer?: StepReport;
}

/** One step with everything evaluated that precedes its work. */
export interface StepCall {
  state: JobState;
  step: StepFile;
  site: StepSite;
  /** How people see the step. */
  name: string;
  env: Record<string, string>;
  actionId: string;
  interrupt: AbortSignal;
  report: StepReport;
  /** Runs the steps of a composite action. */
  runInside(steps: StepFile[], site: StepSite): Promise<void>;
}
