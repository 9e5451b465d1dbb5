import { expect, it } from "vitest";
import { auditSummary } from "./audit-summary.ts";

const clean = {
  since: null,
  versions: 3,
  tags: 3,
  "untagged-versions": [],
  "mismatched-tags": [],
  "unreadable-tags": [],
  "lightweight-tags": null,
  "unreleased-tags": null,
};

it("PLN-32: an audit that found nothing says what it read", () => {
  expect(auditSummary(clean)).toBe("Nothing found in 3 versions and 3 tags.");
});

it.each([
  ["unreadable-tags", "out of reach"],
  ["lightweight-tags", "lightweight"],
  ["unreleased-tags", "never released"],
])("PLN-32: the summary names %s", (list, finding) => {
  const summary = auditSummary({ ...clean, [list]: ["v1.0.0"] });
  expect(summary.split("\n").at(-1)).toMatch(new RegExp(`v1\\S+0 \\| ${finding} \\|`));
});
