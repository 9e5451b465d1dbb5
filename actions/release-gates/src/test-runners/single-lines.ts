import { type Counts, each, words } from "./closing-lines.ts";
import { allBut, namedAmounts } from "./named-amounts.ts";

/** Runners that close with one line that says it all, each by its name. */
export const singleLines: Record<string, (lines: string[]) => Counts[]> = {
  pytest: each(/^(?:=+ )?((?:\d+ [a-z]+(?:, )?)+|no tests ran)(?: in [\d.]+s(?: \([\d:]+\))?)(?: =+)?$/, (closing) => ({
    executed: words(closing, ["passed", "failed", "error", "errors", "xfailed", "xpassed"]),
    skipped: words(closing, ["skipped"]),
  })),
  "cargo test": each(/^test result: \w+\. (.*)$/, (closing) => ({
    executed: words(closing, ["passed", "failed", "measured"]),
    skipped: words(closing, ["ignored"]),
  })),
  "cargo-nextest": each(/^\s*Summary \[[^\]]*\]\s+\d+(?:\/\d+)? tests? run: (.*)$/, (closing) => ({
    executed: words(closing, ["passed", "failed"]),
    skipped: words(closing, ["skipped"]),
  })),
  vitest: each(/^\s*(?:Tests {2,}(.*)|No test files found.*)$/, (closing) => ({
    executed: words(closing, ["passed", "failed"]),
    skipped: words(closing, ["skipped", "todo"]),
  })),
  jest: each(/^(?:Tests: {2,}(.*)|No tests found, exiting .*)$/, (closing) => ({
    executed: words(closing, ["passed", "failed"]),
    skipped: words(closing, ["skipped", "todo"]),
  })),
  mocha: each(/^\s*(\d+ (?:passing|failing|pending))(?: \([\d.]+\w+\))?$/, (closing) => ({
    executed: words(closing, ["passing", "failing"]),
    skipped: words(closing, ["pending"]),
  })),
  "deno test": each(/^(?:ok|FAILED) \| (\d+ passed\b.* \| \d+ failed\b.*)$/, (closing) => ({
    executed: words(closing, ["passed", "failed", "measured"]),
    skipped: words(closing, ["ignored"]),
  })),
  surefire: each(/^(?:\[\w+\]\s+)?(Tests run: \d+, Failures: \d+, Errors: \d+, Skipped: \d+)\.?$/, (closing) => {
    const amounts = namedAmounts(closing);
    return allBut(amounts.get("run") ?? 0, amounts.get("skipped") ?? 0);
  }),
  RSpec: each(
    /^(\d+ examples?, \d+ failures?(?:, \d+ (?:pending|errors? occurred outside of examples))*)$/,
    (closing) => allBut(words(closing, ["example", "examples"]), words(closing, ["pending"])),
  ),
  PHPUnit: each(
    /^(OK \(\d+ tests?, \d+ assertions?\)|No tests executed!|Tests: \d+, Assertions: \d+.*\.)\s*$/,
    (closing) => {
      const amounts = namedAmounts(closing);
      const unfinished = (amounts.get("skipped") ?? 0) + (amounts.get("incomplete") ?? 0);
      return allBut((amounts.get("tests") ?? 0) + words(closing, ["test", "tests"]), unfinished);
    },
  ),
  // Excluded tests are among the others, except where they stand in brackets.
  ExUnit: each(
    /^((?:\d+ (?:doctests?|propert(?:y|ies)|tests?|features?), )+\d+ failures?(?:, \d+ (?:excluded|invalid|skipped))*)(?: \(\d+ excluded\))?$/,
    (closing) => {
      const skipped = words(closing, ["skipped"]);
      const all = words(closing, [
        "doctest",
        "doctests",
        "property",
        "properties",
        "test",
        "tests",
        "feature",
        "features",
      ]);
      return { executed: Math.max(0, all - skipped - words(closing, ["excluded", "invalid"])), skipped };
    },
  ),
};
