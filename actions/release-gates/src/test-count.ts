import { stripVTControlCharacters } from "node:util";

/** How many tests a log speaks of. */
export interface TestCount {
  executed: number;
  skipped: number;
  /** Runners whose closing lines were found. */
  runners: string[];
}

type Counts = Pick<TestCount, "executed" | "skipped">;
type Runner = { name: string; read: (lines: string[]) => Counts[] };

const none: Counts = { executed: 0, skipped: 0 };

/**
 * Counts the tests in a log by the closing lines of pytest, unittest, cargo test, cargo-nextest, go test, the test runner of
 * Node, vitest, jest, mocha and Maven Surefire; undefined where none of them speaks. What ran from a cache was not executed.
 */
export function countTests(log: string): TestCount | undefined {
  const lines = stripVTControlCharacters(log).split(/\r\n|[\r\n]/);
  const heard = runners.flatMap(({ name, read }) => {
    const counts = read(lines);
    return counts.length === 0 ? [] : [{ name, counts }];
  });
  if (heard.length === 0) return undefined;
  const all = heard.flatMap(({ counts }) => counts);
  const sum = (of: keyof Counts) => all.reduce((total, counts) => total + counts[of], 0);
  return { executed: sum("executed"), skipped: sum("skipped"), runners: heard.map(({ name }) => name) };
}

const runners: Runner[] = [
  {
    name: "pytest",
    read: each(/^(?:=+ )?((?:\d+ [a-z]+(?:, )?)+|no tests ran)(?: in [\d.]+s(?: \([\d:]+\))?)(?: =+)?$/, (closing) => ({
      executed: words(closing, ["passed", "failed", "error", "errors", "xfailed", "xpassed"]),
      skipped: words(closing, ["skipped"]),
    })),
  },
  {
    name: "cargo test",
    read: each(/^test result: \w+\. (.*)$/, (closing) => ({
      executed: words(closing, ["passed", "failed", "measured"]),
      skipped: words(closing, ["ignored"]),
    })),
  },
  {
    name: "cargo-nextest",
    read: each(/^\s*Summary \[[^\]]*\]\s+\d+(?:\/\d+)? tests? run: (.*)$/, (closing) => ({
      executed: words(closing, ["passed", "failed"]),
      skipped: words(closing, ["skipped"]),
    })),
  },
  { name: "go test", read: goTest },
  {
    name: "node --test",
    read: (lines) => nodeTest(lines),
  },
  {
    name: "vitest",
    read: each(/^\s*(?:Tests {2,}(.*)|No test files found.*)$/, (closing) => ({
      executed: words(closing, ["passed", "failed"]),
      skipped: words(closing, ["skipped", "todo"]),
    })),
  },
  {
    name: "jest",
    read: each(/^(?:Tests: {2,}(.*)|No tests found, exiting .*)$/, (closing) => ({
      executed: words(closing, ["passed", "failed"]),
      skipped: words(closing, ["skipped", "todo"]),
    })),
  },
  {
    name: "mocha",
    read: each(/^\s*(\d+ (?:passing|failing|pending))(?: \([\d.]+\w+\))?$/, (closing) => ({
      executed: words(closing, ["passing", "failing"]),
      skipped: words(closing, ["pending"]),
    })),
  },
  {
    name: "unittest",
    read: each(/^Ran (\d+ tests?) in [\d.]+s$/, (closing) => ({
      executed: words(closing, ["test", "tests"]),
      skipped: 0,
    })),
  },
  {
    name: "surefire",
    read: each(/^(?:\[\w+\]\s+)?(Tests run: \d+, Failures: \d+, Errors: \d+, Skipped: \d+)\.?$/, (closing) => {
      const [run = 0, , , skipped = 0] = [...closing.matchAll(/: (\d+)/g)].map(([, amount]) => Number(amount));
      return { executed: run - skipped, skipped };
    }),
  },
];

/** Reads each line that fits a pattern by itself; its first group holds the counts. */
function each(pattern: RegExp, read: (closing: string) => Counts): Runner["read"] {
  return (lines) =>
    lines.flatMap((line) => {
      const match = pattern.exec(line);
      return match ? [read(match[1] ?? "")] : [];
    });
}

/** Adds up what stands before the given words, as in `3 passed, 1 skipped`. */
function words(closing: string, wanted: string[]): number {
  const amounts = [...closing.matchAll(/(\d+) ([a-z]+)/g)];
  return amounts
    .filter(([, , word = ""]) => wanted.includes(word))
    .reduce((sum, [, amount]) => sum + Number(amount), 0);
}

/** With `-v`, tests are named one by one; without, only packages are, and one that is `ok` ran at least one test. */
function goTest(lines: string[]): Counts[] {
  const tests = lines.flatMap((line) => /^--- (PASS|FAIL|SKIP): /.exec(line)?.[1] ?? []);
  if (tests.length > 0) {
    const skipped = tests.filter((ending) => ending === "SKIP").length;
    return [{ executed: tests.length - skipped, skipped }];
  }
  return lines.flatMap((line) => {
    if (/^\?\s+\S+\s+\[no test files\]$/.test(line)) return [none];
    const match = /^(ok|FAIL)\s+\S+\s+(\S.*)$/.exec(line);
    if (!match) return [];
    const idle = /\(cached\)|\[no tests to run\]/.test(match[2] ?? "");
    return [idle ? none : { executed: 1, skipped: 0 }];
  });
}

/** The closing lines of each run stand in the order tests, suites, pass, fail, cancelled, skipped, todo. */
function nodeTest(lines: string[]): Counts[] {
  const amounts = lines.flatMap((line) => {
    const [, word, amount] = /^(?:ℹ|#) (pass|fail|skipped|todo) (\d+)$/.exec(line) ?? [];
    return word === undefined ? [] : [{ word, amount: Number(amount) }];
  });
  if (!amounts.some(({ word }) => word === "pass")) return [];
  const sum = (...wanted: string[]) =>
    amounts.filter(({ word }) => wanted.includes(word)).reduce((total, { amount }) => total + amount, 0);
  return [{ executed: sum("pass", "fail"), skipped: sum("skipped", "todo") }];
}
