import { expect, it } from "vitest";
import { faultNamed, faults } from "./catalogue.ts";
import { listing } from "./listing.ts";

it("stands every title of the list in the same column, however long the example's name is", () => {
  const lines = listing(["service"], faults).split("\n");
  const columns = faults.map(({ title, name, stage }) => ({
    name,
    stage,
    at: lines.find((line) => line.startsWith(`    ${name} `))?.indexOf(` ${title} → `),
  }));
  expect(new Set(columns.map(({ at }) => at)).size).toBe(1);
  expect(columns[0]?.at).toBeGreaterThan(0);
});

it("tells of a fault that a maintainer repairs how it ends at first, who repairs it, and how it ends then", () => {
  const { title, repair } = faultNamed("published-in-part");
  const line = listing(["service"], faults)
    .split("\n")
    .find((each) => each.includes("published-in-part"));
  expect(line).toContain(`${title} → Aborted, publish.partial; then ${repair?.title} → Released`);
  expect(repair?.title).toContain(repair?.workflow);
});

it("counts the faults, in all and of each stage, and ends with how one is rehearsed", () => {
  const text = listing(["service"], faults);
  expect(text).toContain(`${faults.length} faults, by the stage`);
  const counted = [...text.matchAll(/^ {2}[a-z-]+ \((\d+)\)$/gm)].map(([, count]) => Number(count));
  expect(counted.reduce((sum, count) => sum + count, 0)).toBe(faults.length);
  expect(text.slice(text.lastIndexOf("\n\n"))).toContain("npm run rehearse -- --fault NAME");
});

it.each([
  ["gate-fail", "Did you mean gate-fails?"],
  ["zzzzzzzzzzzzzzzzzzzz", "--list names them"],
])("the fault %s is refused with a hint and not with the whole list", (name, hint) => {
  const refused = () => faultNamed(name);
  expect(refused).toThrow(`expected a fault, found "${name}"`);
  expect(refused).toThrow(expect.objectContaining({ hint: expect.stringContaining(hint) }));
  expect(refused).toThrow(expect.objectContaining({ hint: expect.not.stringContaining(", ") }));
});
