import { type Counts, each, words } from "./closing-lines.ts";
import { allBut, namedAmounts } from "./named-amounts.ts";

/** Skipped tests, and those whose program is missing, are among the total; disabled ones are not, and alone have no total. */
export function ctest(lines: string[]): Counts[] {
  const count = (pattern: RegExp) => lines.filter((line) => pattern.test(line)).length;
  const disabled = count(/^\s*\d+\/\d+ Test\s+#\d+: .*\*\*\*Not Run \(Disabled\)/);
  const silent = disabled + count(/^No tests were found!!!$/);
  const totals = lines.flatMap((line) => /^\d+% tests passed, \d+ tests? failed out of (\d+)/.exec(line)?.[1] ?? []);
  if (totals.length === 0) return silent > 0 ? [{ executed: 0, skipped: disabled }] : [];
  const skipped = count(/^\s+\d+ - .* \(Skipped\)/);
  const missing = count(/^\s+\d+ - .* \(Not Run\)/);
  const total = totals.reduce((sum, amount) => sum + Number(amount), 0);
  const { executed } = allBut(total - missing, skipped);
  return [{ executed, skipped: skipped + count(/^\s+\d+ - .* \(Disabled\)/) }];
}

/** Which form stands there depends on the version and the logger; only one of them is read, so that none counts twice. */
export function dotnetTest(lines: string[]): Counts[] {
  const forms = [
    each(/^\s*(?:Passed|Failed|Skipped)! +- (Failed: .*)$/, byName),
    each(/^Test summary: (total: .*)$/, byName),
    (all: string[]) => blocks(all, /^Test run summary: /, /^\s+[a-z]+: /),
    (all: string[]) => blocks(all, /^Total tests: \d+$/, /^\s+[A-Za-z]+: \d+$/),
    each(/^(No test (?:is available in|matches the given testcase filter)) /, () => ({ executed: 0, skipped: 0 })),
  ];
  return forms.map((read) => read(lines)).find((counts) => counts.length > 0) ?? [];
}

function byName(closing: string): Counts {
  const amounts = namedAmounts(closing);
  const sum = (...names: string[]) => names.reduce((total, name) => total + (amounts.get(name) ?? 0), 0);
  return { executed: sum("passed", "succeeded", "failed"), skipped: sum("skipped") };
}

function blocks(lines: string[], head: RegExp, member: RegExp): Counts[] {
  return lines.flatMap((line, index) => {
    if (!head.test(line)) return [];
    const rest = lines.slice(index + 1);
    const end = rest.findIndex((one) => !member.test(one));
    return [byName(rest.slice(0, end < 0 ? rest.length : end).join("\n"))];
  });
}

const testTask = /^> Task (?:\S*:)(?:test|\w+Test)(?: (NO-SOURCE|UP-TO-DATE|FROM-CACHE|SKIPPED))?$/;

/** Gradle counts tests only where one failed. A run whose test tasks all had nothing to do executed none; of any other it says nothing. */
export function gradle(lines: string[]): Counts[] {
  const closing = each(/^(\d+ tests? completed(?:, \d+ (?:failed|skipped))*)$/, (told) =>
    allBut(words(told.replace(/ tests?/, ""), ["completed"]), words(told, ["skipped"])),
  )(lines);
  if (closing.length > 0) return closing;
  const tasks = lines.flatMap((line) => {
    const match = testTask.exec(line);
    return match ? [match[1]] : [];
  });
  return tasks.length > 0 && tasks.every((ending) => ending !== undefined) ? [{ executed: 0, skipped: 0 }] : [];
}
