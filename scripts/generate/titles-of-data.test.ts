import { expect, it } from "vitest";
import { faults, titledFaults } from "../../rehearsal/faults/catalogue.ts";
import { answers } from "../../tests/cases/answers/table.ts";
import { titlesOfCases, titlesOfFaults } from "./titles-of-data.ts";

const examples = [...new Set(faults.map(({ example }) => example))];
const player = (example: string) => ({
  file: `${example}.test.ts`,
  text: `it.each(titledFaults("${example}"))("%s", async () => {});`,
});

it("the title of a fault stands in the file that plays its example, and in no other", () => {
  const titles = titlesOfFaults(examples.map(player));
  for (const example of examples) {
    const own = titles.filter(({ file }) => file === `${example}.test.ts`).map(({ title }) => title);
    expect(own).toEqual(titledFaults(example).map(([title]) => title));
  }
});

it("an example whose faults no test plays is refused", () => {
  const [first = "", ...others] = examples;
  expect(() => titlesOfFaults(others.map(player))).toThrow(`it.each(titledFaults("${first}"))`);
});

it("a fault that ends without a verdict is titled by hand where it is resumed, and nowhere else", () => {
  const lost = faults.filter(({ expected }) => expected.verdict === "lost").map(({ name }) => name);
  expect(lost).not.toEqual([]);
  const titles = titlesOfFaults(examples.map(player)).map(({ title }) => title);
  for (const name of lost) expect(titles.filter((title) => title.includes(` ${name}: `))).toEqual([]);
});

it("every fault and every question to a recorded history names what it proves", () => {
  const ids = /^(?:(?:[A-Z]{3}-\d{2}|F\d{2}) ?)+$/;
  expect(faults.filter(({ proves }) => !ids.test(proves)).map(({ name }) => name)).toEqual([]);
  const questions = Object.values(answers).map(({ rules, failures }) => [...rules, ...failures].join(" "));
  expect(questions.filter((proves) => !ids.test(proves))).toEqual([]);
  expect(titlesOfCases()).toHaveLength(questions.length);
});
