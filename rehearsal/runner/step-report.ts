/** Opens and closes the report of one step: its events and its entry in the result of the job. */
import type { StepConclusion, StepResult } from "./contract.ts";
import type { JobState, StepReport } from "./job-state.ts";

/** Opens the report of the next step of a job. A skipped step is opened and closed too. */
export function openReport(state: JobState, id: string, name: string): StepReport {
  const ref = { number: state.results.length + 1, id, name: state.masks.apply(name) };
  const result: StepResult = { ...ref, outcome: "skipped", conclusion: "skipped", annotations: [] };
  state.results.push(result);
  const { plan, masks } = state;
  const { run, ref: job } = plan;
  run.emit({ type: "step-started", job, step: ref });
  return {
    ref,
    result,
    log: (text) => run.emit({ type: "log", job, step: ref, text: masks.apply(text) }),
    annotate(annotation) {
      result.annotations.push(annotation);
      run.emit({ type: "annotation", job, step: ref, annotation });
    },
    summarize(markdown) {
      result.summary = (result.summary ?? "") + markdown;
      run.emit({ type: "summary", job, step: ref, markdown });
    },
  };
}

/** Writes how a step ended. */
export function closeReport(
  state: JobState,
  report: StepReport,
  { outcome, conclusion }: { outcome: StepConclusion; conclusion: StepConclusion },
): void {
  Object.assign(report.result, { outcome, conclusion });
  state.plan.run.emit({ type: "step-finished", job: state.plan.ref, step: report.ref, outcome, conclusion });
}
