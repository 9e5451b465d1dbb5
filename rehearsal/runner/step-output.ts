/** Connects the output of a process with the log, annotations and masks of its step. */
import type { JobState, StepReport } from "./job-state.ts";
import { createCommandReader } from "./stdout-commands.ts";

/** What a process can set through commands in its output. */
export interface SaidAloud {
  outputs: Record<string, string>;
  saved: Record<string, string>;
  failures: string[];
}

/** Makes the reader for the lines of one process. */
export function commandReaderFor(state: JobState, report: StepReport, said: SaidAloud): (line: string) => void {
  return createCommandReader(state.masks, {
    annotate(annotation) {
      const title = annotation.title === undefined ? {} : { title: state.masks.apply(annotation.title) };
      report.annotate({ ...annotation, ...title, message: state.masks.apply(annotation.message) });
    },
    setOutput: (name, value) => {
      said.outputs[name] = value;
    },
    saveState: (name, value) => {
      said.saved[name] = value;
    },
    fail: (message) => {
      said.failures.push(message);
    },
    log: (line) => report.log(line),
  });
}
