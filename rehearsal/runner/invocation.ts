/** What an action is given: its inputs with their defaults, and the part of the context that is its own. */
import type { ActionFile } from "./action-file.ts";
import { scopeOf } from "./contexts.ts";
import { evaluateText, evaluateTexts } from "./expressions.ts";
import type { NodeInvocation } from "./job-state.ts";
import type { JsonObject } from "./json.ts";
import type { StepCall } from "./step-call.ts";
import { field } from "./template.ts";

/** What of a step's call an action is made from. */
export type ActionCall = Omit<StepCall, "interrupt" | "runInside">;

/** Evaluates what all phases of a JavaScript action share. */
export function invocationOf(call: ActionCall, action: ActionFile): NodeInvocation {
  if (action.runs.using !== "node") throw new Error("only a JavaScript action has phases");
  const inputs = inputsOf(call, action);
  const variables = Object.entries(inputs).map(([id, value]) => [
    `INPUT_${id.replaceAll(" ", "_").toUpperCase()}`,
    value,
  ]);
  return {
    directory: action.directory,
    runs: action.runs,
    name: call.name,
    env: { ...call.env, ...Object.fromEntries(variables) },
    state: {},
    scope: call.site.scope,
    actionContext: actionContext(call, action),
    postRegistered: false,
  };
}

/** The values of the `github` context that only hold inside an action. */
export function actionContext({ step, actionId }: ActionCall, { place }: ActionFile): JsonObject {
  const remote = step.uses?.startsWith("./") !== true;
  return { action: actionId, action_repository: remote ? place.repository : "", action_ref: remote ? place.ref : "" };
}

/** All declared inputs, with their defaults, and whatever else `with` names; GitHub only warns about that. */
export function inputsOf(call: ActionCall, action: ActionFile): Record<string, string> {
  const { state, step, env, site, report } = call;
  const scope = scopeOf(state, site.scope, env);
  const given = evaluateTexts(field(step.body, "with"), scope);
  const inputs: Record<string, string> = {};
  for (const { id, default: fallback, deprecation } of action.inputs) {
    const key = Object.keys(given).find((name) => name.toLowerCase() === id.toLowerCase());
    inputs[id] = (key === undefined ? undefined : given[key]) ?? (fallback ? evaluateText(fallback, scope) : "");
    if (key !== undefined && deprecation !== undefined) {
      report.annotate({ level: "warning", message: `Input '${id}' has been deprecated with message: ${deprecation}` });
    }
    if (key !== undefined) delete given[key];
  }
  const unexpected = Object.keys(given);
  if (unexpected.length > 0) {
    const [names, valid] = [unexpected, action.inputs.map(({ id }) => id)].map((list) =>
      list.map((id) => `'${id}'`).join(", "),
    );
    report.annotate({ level: "warning", message: `Unexpected input(s) ${names}, valid inputs are [${valid}]` });
  }
  return { ...inputs, ...given };
}
