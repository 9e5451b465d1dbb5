import { expect, it } from "vitest";
import { isOver } from "#src/contract/config/gates/accepted";

it.each([
  ["2026-01-09T23:59:59Z", false],
  ["2026-01-10T00:00:00Z", false],
  ["2026-01-10T23:59:59.999Z", false],
  ["2026-01-11T00:00:00Z", true],
])("GAT-21: what is accepted until 2026-01-10 is over at %s: %s", (now, over) => {
  expect(isOver("2026-01-10", new Date(now))).toBe(over);
});
