import type { Progress } from "#src/ports/progress";

/** Writes progress to the step's log. */
export const consoleProgress: Progress = {
  say: (line) => console.log(line),
};
