/** Runs a `run` step: writes the script and starts its shell on it. */
import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { scopeOf } from "./contexts.ts";
import { evaluateText } from "./expressions.ts";
import { shellCommand } from "./shells.ts";
import type { StepCall } from "./step-call.ts";
import { runStepCommand, type StepOutcome } from "./step-run.ts";
import { field, type Template } from "./template.ts";

const extensions: Record<string, string> = { bash: ".sh", sh: ".sh", python: ".py" };

/** Runs the script of a step. Throws an `Error` for a shell that is not emulated. */
export async function runScript(call: StepCall): Promise<StepOutcome> {
  const { state, step, env, site } = call;
  const scope = scopeOf(state, site.scope, env);
  const setting = (key: string) => {
    const template = field(step.body, key) ?? (site.scope.composite ? undefined : defaultOf(call, key));
    return template && evaluateText(template, scope);
  };
  const shell = setting("shell");
  const [command, ...args] = shellCommand(shell) ?? [];
  if (command === undefined) throw new Error(`the shell '${shell}' is not emulated by this runner`);
  const file = join(state.paths.temp, `${randomUUID()}${extensions[command] ?? ""}`);
  const script = evaluateText(step.run, scope).replaceAll("\r\n", "\n");
  await writeFile(file, `${script}\n`);
  for (const line of script.trimEnd().split("\n").slice(0, 1)) call.report.log(`Run ${line}`);
  return runStepCommand(state, {
    command,
    args: args.map((argument) => argument.replaceAll("{0}", file)),
    cwd: resolve(state.paths.workspace, setting("working-directory") || "."),
    env: { ...env, GITHUB_ACTION: call.actionId },
    scope: site.scope,
    interrupt: call.interrupt,
    report: call.report,
  });
}

function defaultOf({ state }: StepCall, key: string): Template | undefined {
  const { node, workflow } = state.plan;
  return (
    field(field(field(node.file.body, "defaults"), "run"), key) ?? field(field(workflow.file.defaults, "run"), key)
  );
}
