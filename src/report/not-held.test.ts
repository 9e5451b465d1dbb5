import { expect, it } from "vitest";
import { notHeld } from "#src/report/not-held";
import { aCheck } from "#src/testing/builders";

it.each([
  ["fail", 'Does not hold: "The tests pass": 2 failed (gates.failed)'],
  ["inconclusive", 'Cannot be told: "The tests pass": 2 failed (gates.failed)'],
] as const)("a check that is %s does not read as a statement of success", (result, text) => {
  expect(notHeld(aCheck({ title: "The tests pass", result, because: "2 failed", code: "gates.failed" }))).toBe(text);
});
