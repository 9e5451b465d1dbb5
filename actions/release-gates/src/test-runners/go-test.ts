import type { Counts } from "./closing-lines.ts";

const packageLine = /^(?:ok|FAIL)\s+(?!\d+\s)\S+\s+(?:[\d.]+s\b|\(cached\)|\[)/;
const idle = /\(cached\)|\[no tests to run\]|\[(?:build|setup) failed\]/;

/**
 * Reads packages one by one. Where `-v`, or a failure, names tests, they are counted; else a package that is `ok` ran at
 * least one test. Of what ran from a cache, nothing was executed.
 */
export function goTest(lines: string[]): Counts[] {
  const counts: Counts[] = [];
  let named: string[] = [];
  for (const line of lines) {
    const ending = /^--- (PASS|FAIL|SKIP): /.exec(line)?.[1];
    if (ending !== undefined) named.push(ending);
    if (/^\?\s+\S+\s+\[no test files\]$/.test(line)) counts.push({ executed: 0, skipped: 0 });
    if (!packageLine.test(line)) continue;
    counts.push(idle.test(line) ? { executed: 0, skipped: 0 } : ofPackage(named));
    named = [];
  }
  return named.length > 0 ? [...counts, ofPackage(named)] : counts;
}

function ofPackage(named: string[]): Counts {
  if (named.length === 0) return { executed: 1, skipped: 0 };
  const skipped = named.filter((ending) => ending === "SKIP").length;
  return { executed: named.length - skipped, skipped };
}
