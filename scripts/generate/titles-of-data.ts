import { faults, titledFaults } from "../../rehearsal/faults/catalogue.ts";
import { answers } from "../../tests/cases/answers/table.ts";
import type { TestTitle } from "./coverage-page.ts";
import { GenerationError } from "./generation-error.ts";

/** A test file by its path, as it stands. */
export interface TestSource {
  file: string;
  text: string;
}

/** Finds the titles that tests make of faults, in the file that plays them. Throws `GenerationError` where none does. */
export function titlesOfFaults(sources: TestSource[]): TestTitle[] {
  const examples = [...new Set(faults.map(({ example }) => example))];
  return examples.flatMap((example) => {
    const players = sources.filter(({ text }) => text.includes(`it.each(titledFaults("${example}"))`));
    if (players.length === 0)
      throw new GenerationError(`expected a test with it.each(titledFaults("${example}")), found none`);
    return players.flatMap(({ file }) => titledFaults(example).map(([title]) => ({ file, title })));
  });
}

/** Finds the titles of the tests of recorded histories, a question at a time, as the histories themselves stand elsewhere. */
export function titlesOfCases(): TestTitle[] {
  const file = "tests/cases/cases.test.ts";
  return Object.entries(answers).map(([question, { rules, failures }]) => {
    return { file, title: `${[...rules, ...failures].join(" ")}: ${question}` };
  });
}
