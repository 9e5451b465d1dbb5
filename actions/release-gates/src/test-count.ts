import { stripVTControlCharacters } from "node:util";
import { ctest, dotnetTest, gradle } from "./test-runners/build-tools.ts";
import type { Counts } from "./test-runners/closing-lines.ts";
import { goTest } from "./test-runners/go-test.ts";
import { bunTest, nodeTest } from "./test-runners/javascript.ts";
import { singleLines } from "./test-runners/single-lines.ts";
import { tap } from "./test-runners/tap.ts";
import { unittest } from "./test-runners/unittest.ts";

/** How many tests a log speaks of. */
export interface TestCount extends Counts {
  /** Runners whose closing lines were found. */
  runners: string[];
}

const runners = Object.entries({
  ...singleLines,
  "go test": goTest,
  "node --test": nodeTest,
  unittest,
  "bun test": bunTest,
  ctest,
  "dotnet test": dotnetTest,
  Gradle: gradle,
});

/**
 * Counts the tests in a log by the closing lines of the runners that docs/gates.md names; undefined where none of them speaks.
 * Several runners print TAP besides, so it counts only where nothing else does. What ran from a cache was not executed.
 */
export function countTests(log: string): TestCount | undefined {
  const lines = stripVTControlCharacters(log).split(/\r\n|[\r\n]/);
  const heard = runners.flatMap(([name, read]) => heardOf(name, read(lines)));
  const speaking = heard.length > 0 ? heard : heardOf("TAP", tap(lines));
  if (speaking.length === 0) return undefined;
  const all = speaking.flatMap(({ counts }) => counts);
  const sum = (of: keyof Counts) => all.reduce((total, counts) => total + counts[of], 0);
  return { executed: sum("executed"), skipped: sum("skipped"), runners: speaking.map(({ name }) => name) };
}

function heardOf(name: string, counts: Counts[]): { name: string; counts: Counts[] }[] {
  return counts.length === 0 ? [] : [{ name, counts }];
}
