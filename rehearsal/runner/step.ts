/** Runs steps in order: condition, time limit, cancellation, `continue-on-error`, and what the next steps see of it. */

import { scopeOf } from "./contexts.ts";
import type { StepConclusion } from "./contract.ts";
import { evaluateCondition, evaluateTemplate, evaluateTexts } from "./expressions.ts";
import type { JobState } from "./job-state.ts";
import { runAction } from "./run-action.ts";
import { runScript } from "./run-script.ts";
import { follow } from "./signals.ts";
import type { StepCall, StepSite } from "./step-call.ts";
import type { StepFile } from "./step-file.ts";
import { actionIdOf, nameOf } from "./step-name.ts";
import { closeReport, openReport } from "./step-report.ts";
import type { StepOutcome } from "./step-run.ts";
import { field } from "./template.ts";
import { startTimer } from "./time-limit.ts";

interface Ended {
  outcome: StepConclusion;
  conclusion: StepConclusion;
  outputs: Record<string, string>;
}

const notRun: Ended = { outcome: "skipped", conclusion: "skipped", outputs: {} };

/** Runs a list of steps to its end; a failure only changes what the conditions of later steps see. */
export async function runSteps(state: JobState, steps: StepFile[], site: StepSite): Promise<void> {
  for (const [index, step] of steps.entries()) {
    if (state.forced.aborted) return;
    await runStep(state, step, { ...site, index });
  }
}

async function runStep(state: JobState, step: StepFile, site: StepSite & { index: number }): Promise<void> {
  const { scope } = site;
  const name = nameOf(state, step, scope);
  const report = site.outer ?? openReport(state, step.id ?? "", name);
  const actionId = actionIdOf(step, site.index);
  let ended: Ended;
  try {
    ended = await attempt({
      state,
      step,
      site,
      name,
      report,
      actionId,
      runInside: (...inside) => runSteps(state, ...inside),
    });
  } catch (thrown) {
    report.annotate({
      level: "error",
      message: state.masks.apply(thrown instanceof Error ? thrown.message : String(thrown)),
    });
    ended = { ...notRun, outcome: "failure", conclusion: "failure" };
  }
  if (step.id !== undefined) scope.steps[step.id] = { ...ended };
  if (ended.conclusion === "failure" && scope.composite) scope.composite.failed = true;
  if (ended.conclusion === "failure" && !scope.composite && state.status === "success") state.status = "failure";
  if (!site.outer) closeReport(state, report, ended);
}

async function attempt(call: Omit<StepCall, "env" | "interrupt">): Promise<Ended> {
  const { state, step, site, report } = call;
  const env = evaluateTexts(field(step.body, "env"), scopeOf(state, site.scope));
  const scope = () => scopeOf(state, site.scope, env);
  const timedOut = site.parent.aborted && site.parent.reason === "timeout";
  if (timedOut || !evaluateCondition(step.condition, scope())) return notRun;
  // On cancellation the condition of a running step decides whether it may go on: `always()` does.
  const own = follow(site.parent, (reason) => reason !== "timeout" && evaluateCondition(step.condition, scope()));
  const minutes = evaluateTemplate(field(step.body, "timeout-minutes"), scope());
  let expired = false;
  const timer = startTimer(minutes, state, () => {
    expired = !own.signal.aborted;
    own.abort("timeout");
  });
  try {
    const ended = await work({ ...call, env, interrupt: own.signal });
    if (expired)
      report.annotate({ level: "error", message: `The action '${call.name}' has timed out after ${minutes} minutes.` });
    return concluded(
      expired ? { ...ended, outcome: "failure" } : ended,
      () => evaluateTemplate(field(step.body, "continue-on-error"), scope()) === true,
    );
  } finally {
    clearTimeout(timer);
    own.release();
  }
}

function concluded({ outcome, outputs }: StepOutcome, forgiven: () => boolean): Ended {
  return { outcome, outputs, conclusion: outcome === "failure" && forgiven() ? "success" : outcome };
}

/** An action that cannot be found or a script that cannot be prepared fails its step, and may be forgiven as any failure. */
async function work(call: StepCall): Promise<StepOutcome> {
  try {
    return await (call.step.uses === undefined ? runScript(call) : runAction(call));
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    call.report.annotate({ level: "error", message: call.state.masks.apply(message) });
    return { outcome: "failure", outputs: {}, state: {} };
  }
}
