/** Runs one process of a step with its file commands, and takes over what it said. */

import { processEnvironment } from "./contexts.ts";
import { createCommandFiles, readCommandFiles, summaryTooLong } from "./file-commands.ts";
import type { JobState, StepReport, StepScope } from "./job-state.ts";
import { commandReaderFor } from "./step-output.ts";
import { type Ending, runProcess } from "./step-process.ts";

/** A process of a step. `github` holds context values for this process only. */
export interface StepCommand {
  command: string;
  args: string[];
  cwd: string;
  env: Record<string, string>;
  scope: StepScope;
  interrupt: AbortSignal;
  report: StepReport;
}

/** What a process of a step came to. */
export interface StepOutcome {
  outcome: "success" | "failure" | "cancelled";
  outputs: Record<string, string>;
  state: Record<string, string>;
}

/** Runs the process; its files are read in any case, also after a kill, except when the machine itself is gone. */
export async function runStepCommand(state: JobState, wanted: StepCommand): Promise<StepOutcome> {
  const { report, scope } = wanted;
  const files = await createCommandFiles(state.paths.temp);
  const outputs: Record<string, string> = {};
  const saved: Record<string, string> = {};
  const failures: string[] = [];
  const ending = await runProcess({
    command: wanted.command,
    args: wanted.args,
    cwd: wanted.cwd,
    env: { ...processEnvironment(state, scope, wanted.env), ...files },
    interrupt: wanted.interrupt,
    kill: state.forced,
    delays: state.plan.run.delays,
    onLine: commandReaderFor(state, report, { outputs, saved, failures }),
  });
  if (ending.how === "killed") return { outcome: "cancelled", outputs: {}, state: {} };
  const said = await readCommandFiles(files);
  state.env = { ...state.env, ...said.env };
  state.path = [...said.path.reverse(), ...state.path];
  if (said.summary !== "") report.summarize(state.masks.apply(said.summary));
  const errors = [...failures, ...said.errors, ...endingErrors(ending)];
  for (const message of errors) report.annotate({ level: "error", message: state.masks.apply(message) });
  const failed = errors.some((message) => message !== summaryTooLong);
  return {
    outcome: ending.how === "interrupted" ? "cancelled" : failed ? "failure" : "success",
    outputs: { ...outputs, ...said.outputs },
    state: { ...saved, ...said.state },
  };
}

function endingErrors(ending: Ending): string[] {
  if (ending.how === "not-started") return [`The step could not be started: ${ending.because}`];
  return ending.how === "exited" && ending.code !== 0 ? [`Process completed with exit code ${ending.code}.`] : [];
}
