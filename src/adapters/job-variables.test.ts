import { expect, it } from "vitest";
import { jobVariables } from "#src/adapters/job-variables";

it.each([
  ["filled", "x", true],
  ["empty", "", false],
  ["only white space", " \n", false],
  ["absent", undefined, false],
])("GAT-32: a variable that is %s", (_what, value, filled) => {
  expect(jobVariables({ KEY: value }).filled("KEY")).toBe(filled);
});
