import type { Counts } from "./closing-lines.ts";
import { allBut, namedAmounts } from "./named-amounts.ts";

/** `Ran 3 tests` includes skipped ones; the line that closes the run tells how many: `OK (skipped=2)`. */
export function unittest(lines: string[]): Counts[] {
  const counts: Counts[] = [];
  let ran: number | undefined;
  for (const line of lines) {
    const found = /^Ran (\d+) tests? in [\d.]+s$/.exec(line)?.[1];
    if (found !== undefined) {
      if (ran !== undefined) counts.push(allBut(ran, 0));
      ran = Number(found);
    }
    const closing = /^(?:OK|FAILED|NO TESTS RAN)(?: \((.*=.*)\))?$/.exec(line);
    if (!closing || ran === undefined) continue;
    counts.push(allBut(ran, namedAmounts(closing[1] ?? "").get("skipped") ?? 0));
    ran = undefined;
  }
  return ran === undefined ? counts : [...counts, allBut(ran, 0)];
}
