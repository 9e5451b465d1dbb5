import { type Counts, words } from "./closing-lines.ts";

/** The closing lines of each run stand in the order tests, suites, pass, fail, cancelled, skipped, todo. */
export function nodeTest(lines: string[]): Counts[] {
  const amounts = lines.flatMap((line) => {
    const [, word, amount] = /^(?:ℹ|#) (pass|fail|skipped|todo) (\d+)$/.exec(line) ?? [];
    return word === undefined ? [] : [{ word, amount: Number(amount) }];
  });
  if (!amounts.some(({ word }) => word === "pass")) return [];
  const sum = (...wanted: string[]) =>
    amounts.filter(({ word }) => wanted.includes(word)).reduce((total, { amount }) => total + amount, 0);
  return [{ executed: sum("pass", "fail"), skipped: sum("skipped", "todo") }];
}

/** Bun closes with one amount a line, right above a line that includes skipped ones. */
export function bunTest(lines: string[]): Counts[] {
  return lines.flatMap((line, index) => {
    if (!/^Ran \d+ tests? across \d+ files?\b/.test(line)) return [];
    const above = lines.slice(0, index);
    const amounts = above.slice(above.findLastIndex((one) => !/^\s*\d+ [a-z]/.test(one)) + 1).join("\n");
    return [{ executed: words(amounts, ["pass", "fail"]), skipped: words(amounts, ["skip", "todo"]) }];
  });
}
