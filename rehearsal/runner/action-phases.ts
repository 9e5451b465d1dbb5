/** The phases of JavaScript actions around their main one: `pre` before all steps, `post` after them as a stack. */
import { join } from "node:path";
import { scopeOf } from "./contexts.ts";
import { evaluateCondition, evaluateTexts } from "./expressions.ts";
import { invocationOf } from "./invocation.ts";
import type { JobState, NodeInvocation, StepReport } from "./job-state.ts";
import type { StepSite } from "./step-call.ts";
import type { StepFile } from "./step-file.ts";
import { actionIdOf, nameOf } from "./step-name.ts";
import { closeReport, openReport } from "./step-report.ts";
import { runStepCommand, type StepOutcome } from "./step-run.ts";
import { field } from "./template.ts";

/** Runs the `pre` phases of a job's own steps; GitHub ignores them in local actions. */
export async function runPres(state: JobState, steps: StepFile[], site: StepSite): Promise<void> {
  for (const [index, step] of steps.entries()) {
    if (step.uses === undefined || step.uses.startsWith("./")) continue;
    const { action } = await state.plan.run.sources.action(step.uses, site.place);
    if (action?.runs.using !== "node" || action.runs.pre === undefined) continue;
    const name = nameOf(state, step, site.scope);
    const report = openReport(state, step.id ?? "", `Pre ${name}`);
    const env = evaluateTexts(field(step.body, "env"), scopeOf(state, site.scope));
    const invocation = invocationOf(
      { state, step, site, name, env, report, actionId: actionIdOf(step, index) },
      action,
    );
    state.prepared.set(step, invocation);
    registerPost(state, invocation);
    await runPhase(state, invocation, {
      file: action.runs.pre,
      condition: action.runs.preIf,
      report,
      interrupt: site.parent,
    });
  }
}

/** Runs the `post` phases of a job, the last registered first. Only the forced end of the job stops them. */
export async function runPosts(state: JobState): Promise<void> {
  for (let next = state.posts.pop(); next && !state.forced.aborted; next = state.posts.pop()) {
    const { post, postIf } = next.runs;
    if (post === undefined) continue;
    const report = openReport(state, "", `Post ${next.name}`);
    const interrupt = new AbortController().signal;
    await runPhase(state, next, { file: post, condition: postIf, report, interrupt });
  }
}

/** Registers the `post` phase of an action, once its first phase starts. */
export function registerPost(state: JobState, invocation: NodeInvocation): void {
  if (invocation.postRegistered || invocation.runs.post === undefined) return;
  invocation.postRegistered = true;
  state.posts.push(invocation);
}

interface PhaseFile {
  file: string;
  interrupt: AbortSignal;
  report: StepReport;
}

async function runPhase(
  state: JobState,
  invocation: NodeInvocation,
  phase: PhaseFile & { condition: string },
): Promise<void> {
  if (!evaluateCondition(phase.condition, scopeOf(state, invocation.scope))) {
    closeReport(state, phase.report, { outcome: "skipped", conclusion: "skipped" });
    return;
  }
  const { outcome } = await runPhaseFile(state, invocation, phase);
  closeReport(state, phase.report, { outcome, conclusion: outcome });
  if (outcome === "failure" && state.status === "success") state.status = "failure";
}

/** Runs one file of an action in the workspace, with the state that earlier phases saved. */
export async function runPhaseFile(
  state: JobState,
  invocation: NodeInvocation,
  phase: PhaseFile,
): Promise<StepOutcome> {
  const { request } = state.plan.run;
  const saved = Object.entries(invocation.state).map(([key, value]) => [`STATE_${key}`, value]);
  const ended = await runStepCommand(state, {
    command: request.node,
    args: [...(request.nodeOptions ?? []), join(invocation.directory, phase.file)],
    cwd: state.paths.workspace,
    env: { ...invocation.env, ...Object.fromEntries(saved), ...runtimeVariables(state) },
    scope: { ...invocation.scope, github: { ...invocation.scope.github, ...invocation.actionContext } },
    interrupt: phase.interrupt,
    report: phase.report,
  });
  Object.assign(invocation.state, ended.state);
  return ended;
}

/** Only JavaScript actions may speak with the artifact and identity services. */
function runtimeVariables({ plan, runtime }: JobState): Record<string, string> {
  const url = plan.run.request.resultsUrl.replace(/\/?$/, "/");
  return {
    ACTIONS_RUNTIME_URL: url,
    ACTIONS_RESULTS_URL: url,
    ACTIONS_RUNTIME_TOKEN: runtime.token,
    ...(runtime.id
      ? { ACTIONS_ID_TOKEN_REQUEST_URL: runtime.id.url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: runtime.id.token }
      : {}),
  };
}
