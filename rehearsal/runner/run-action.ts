/** Runs a `uses` step: a JavaScript action in its phases, or the steps of a composite one. */
import type { ActionFile } from "./action-file.ts";
import { registerPost, runPhaseFile } from "./action-phases.ts";
import { scopeOf } from "./contexts.ts";
import { evaluateText } from "./expressions.ts";
import { actionContext, inputsOf, invocationOf } from "./invocation.ts";
import type { NodeInvocation, StepScope } from "./job-state.ts";
import type { StepCall } from "./step-call.ts";
import type { StepOutcome } from "./step-run.ts";

/** Runs the action of a step. Throws an `Error` when there is no such action. */
export async function runAction(call: StepCall): Promise<StepOutcome> {
  const { state, step } = call;
  const prepared = state.prepared.get(step);
  if (prepared) return runMain(call, prepared);
  const action = await findAction(call);
  return action.runs.using === "node" ? runMain(call, invocationOf(call, action)) : runComposite(call, action);
}

/** Finds the action of a step. Throws an `Error` that says where it was looked for. */
async function findAction({ state, step, site }: StepCall): Promise<ActionFile> {
  const { action, complaints } = await state.plan.run.sources.action(
    step.uses ?? "",
    site.place,
    state.paths.workspace,
  );
  if (action) return action;
  const [first] = complaints;
  throw new Error(typeof first === "object" ? `${first.file} (Line: ${first.line}): ${first.message}` : first);
}

async function runMain(call: StepCall, invocation: NodeInvocation): Promise<StepOutcome> {
  registerPost(call.state, invocation);
  return runPhaseFile(call.state, invocation, {
    file: invocation.runs.main,
    interrupt: call.interrupt,
    report: call.report,
  });
}

async function runComposite(call: StepCall, action: ActionFile): Promise<StepOutcome> {
  const { state, site, env, interrupt, report } = call;
  if (action.runs.using !== "composite") throw new Error("only a composite action has steps");
  const scope: StepScope = {
    steps: {},
    inputs: inputsOf(call, action),
    env: { ...site.scope.env, ...env },
    github: { ...site.scope.github, ...actionContext(call, action), action_path: action.directory },
    composite: { failed: false },
  };
  await call.runInside(action.runs.steps, { scope, place: action.place, parent: interrupt, outer: report });
  const inside = scopeOf(state, scope);
  const outputs = action.outputs.map(({ id, value }) => [id, evaluateText(value, inside)]);
  const failed = scope.composite?.failed === true;
  const outcome = interrupt.aborted ? "cancelled" : failed ? "failure" : "success";
  return { outcome, outputs: Object.fromEntries(outputs), state: {} };
}
