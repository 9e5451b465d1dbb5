/** How steps are called: by people, and by `github.action`. */
import { scopeOf } from "./contexts.ts";
import { evaluateText } from "./expressions.ts";
import type { JobState, StepScope } from "./job-state.ts";
import type { StepFile } from "./step-file.ts";

/** Names a step as GitHub does when it has no name. */
export function nameOf(state: JobState, step: StepFile, scope: StepScope): string {
  if (step.uses !== undefined && !step.name) return `Run ${step.uses}`;
  try {
    const text = evaluateText(step.name ?? step.run, scopeOf(state, scope));
    return step.name ? text : `Run ${text.trimStart().split("\n")[0]}`;
  } catch {
    return step.id ?? `step at line ${step.line}`;
  }
}

/** Makes the value of `github.action` for a step. */
export function actionIdOf(step: StepFile, index: number): string {
  return step.id ?? `__${step.uses?.replace(/[^\w]+/g, "_") ?? "run"}_${index + 1}`;
}
