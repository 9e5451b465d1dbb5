import type { Counts } from "./closing-lines.ts";

/** Reads the amounts behind their names, as in `Passed: 3, Skipped: 1`; names are compared in lower case, and one is added up. */
export function namedAmounts(text: string): Map<string, number> {
  const amounts = new Map<string, number>();
  for (const [, name = "", amount] of text.matchAll(/([A-Za-z]+)[:=] *(\d+)/g)) {
    const key = name.toLowerCase();
    amounts.set(key, (amounts.get(key) ?? 0) + Number(amount));
  }
  return amounts;
}

/** Of all tests, those that were named as skipped were not executed; a runner may skip more than it counts. */
export function allBut(total: number, skipped: number): Counts {
  return { executed: Math.max(0, total - skipped), skipped };
}
