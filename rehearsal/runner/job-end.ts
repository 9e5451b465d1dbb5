/** What a job leaves behind: outputs without secrets, the address of its environment, and whether its failure counts. */
import { scopeOf } from "./contexts.ts";
import { evaluateTemplate, evaluateText } from "./expressions.ts";
import type { JobState, StepScope } from "./job-state.ts";
import { entriesOf, field } from "./template.ts";

/** Evaluates the outputs of a job, however it ended. One that holds a masked text is dropped with a warning. */
export function outputsOf(state: JobState, scope: StepScope): Record<string, string> {
  const outputs: Record<string, string> = {};
  for (const { key, value } of entriesOf(field(state.plan.node.file.body, "outputs"))) {
    const text = attempt(state, () => evaluateText(value, scopeOf(state, scope)));
    if (text === undefined) continue;
    if (state.masks.found(text)) annotateJob(state, `Skip output '${key}' since it may contain secret.`, "warning");
    else outputs[key] = text;
  }
  return outputs;
}

/** Evaluates the address of the job's environment; one that holds a masked text is dropped. */
export function environmentUrl(state: JobState, scope: StepScope): { environmentUrl?: string } {
  const url = field(field(state.plan.node.file.body, "environment"), "url");
  const text = url && attempt(state, () => evaluateText(url, scopeOf(state, scope)));
  return text && !state.masks.found(text) ? { environmentUrl: text } : {};
}

/** Tells whether the job may fail without failing its run. */
export function isForgiven(state: JobState, scope: StepScope): boolean {
  const forgiven = field(state.plan.node.file.body, "continue-on-error");
  return attempt(state, () => evaluateTemplate(forgiven, scopeOf(state, scope))) === true;
}

/** Attaches a message to the job itself. */
export function annotateJob(state: JobState, message: string, level: "error" | "warning" = "error"): void {
  const annotation = { level, message: state.masks.apply(message) };
  state.annotations.push(annotation);
  state.plan.run.emit({ type: "annotation", job: state.plan.ref, annotation });
}

function attempt<Value>(state: JobState, work: () => Value): Value | undefined {
  try {
    return work();
  } catch (thrown) {
    annotateJob(state, thrown instanceof Error ? thrown.message : String(thrown));
    return undefined;
  }
}
