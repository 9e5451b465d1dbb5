import type { Counts } from "./closing-lines.ts";

/**
 * Reads plain TAP: a plan such as `1..3`, and a line for each test; those of subtests are indented and belong to their own test.
 * A test with a directive, `# SKIP` or `# TODO`, proves nothing. Without a plan it is no TAP.
 */
export function tap(lines: string[]): Counts[] {
  if (!lines.some((line) => /^1\.\.\d+\s*(?:#.*)?$/.test(line))) return [];
  const tests = lines.filter((line) => /^(?:not )?ok(?:\s|$)/.test(line));
  const skipped = tests.filter((line) => /(?<!\\)#\s*(?:skip|todo)/i.test(line)).length;
  return [{ executed: tests.length - skipped, skipped }];
}
