import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { faults } from "../../rehearsal/faults/catalogue.ts";
import type { Fault } from "../../rehearsal/faults/fault.ts";
import { faultsTable } from "./faults-table.ts";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

it("a fault's row says who notices it, what goes wrong, and how it ends with a link to its code", () => {
  const shared = { name: "x", proves: "TAG-08", stage: "auto-tag", title: "a | b", example: "service" } as const;
  const row = (expected: Fault["expected"]) =>
    faultsTable([{ ...shared, expected }])
      .split("\n")
      .at(-1);
  expect(row({ verdict: "Aborted", reason: "tag.create-failed" })).toBe(
    "| auto-tag | `x` | a \\| b | service | `Aborted`, [`tag.create-failed`](errors.md#tagcreate-failed) |",
  );
  const expected = { verdict: "Aborted", reason: "publish.partial" } as const;
  const inputs = () => ({});
  const repair = { title: "c | d", workflow: "d.yml", inputs, expected: { verdict: "Released", reason: "" } } as const;
  expect(faultsTable([{ ...shared, expected, repair }])).toMatch(/#publishpartial\); then c \\\| d: `Released` \|$/);
  expect(row({ verdict: "Released", reason: "" })).toContain("| `Released` |");
  expect(row({ verdict: "lost", reason: "" })).toContain("| lost, until resumed |");
});

it("every code that a fault ends with is explained on the page of errors", () => {
  const explained = readFileSync(join(root, "docs/errors.md"), "utf8");
  const missing = faults.filter(({ expected }) => expected.reason && !explained.includes(`## ${expected.reason}\n`));
  expect(missing.map(({ name }) => name)).toEqual([]);
});
