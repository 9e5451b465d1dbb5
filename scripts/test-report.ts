import { readFileSync } from "node:fs";
import * as z from "zod";

const counts = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
});

/** Reads vitest's JSON report and writes the closing line of a tier. Throws where there is no report: nothing was run then. */
export function closingLine(path: string): { text: string; passed: number } {
  const report = counts.parse(JSON.parse(readFileSync(path, "utf8")));
  const skipped = report.numPendingTests + report.numTodoTests;
  return {
    text: `${report.numPassedTests} passed, ${report.numFailedTests} failed, ${skipped} skipped`,
    passed: report.numPassedTests,
  };
}
