import { describe, expect, it } from "vitest";
import { changelogPolicy, checkOf, type Given } from "./testing/plan-facts.ts";

describe("the day in the heading, on 2026-01-01 at noon in UTC", () => {
  const release = { "date-rule": "release-day" } as const;

  it.each<
    [
      rule: string,
      day: string,
      changes: Partial<typeof changelogPolicy>,
      tagDate: string | undefined,
      result: string,
      required: boolean,
    ]
  >([
    ["is today", "2026-01-01", {}, undefined, "pass", true],
    ["may be today somewhere on earth", "2026-01-02", {}, undefined, "pass", true],
    ["may not be, where only UTC counts", "2026-01-02", { "date-zone": "utc" }, undefined, "fail", true],
    ["is not in the future", "2026-01-03", {}, undefined, "fail", true],
    ["is reported where it is past", "2025-12-30", {}, undefined, "fail", false],
    ["is refused where it is past and must be the day of the release", "2025-12-30", release, undefined, "fail", true],
    [
      "may miss the day by the tolerance",
      "2025-12-31",
      { ...release, "date-tolerance": "1d" },
      undefined,
      "pass",
      true,
    ],
    ["is the tag's, not today's, where there is a tag", "2025-11-05", release, "2025-11-05T10:00:00Z", "pass", true],
    ["is the tag's in the tag's own offset", "2025-11-04", release, "2025-11-05T01:00:00+11:00", "pass", true],
    ["is not after the tag's", "2025-11-06", {}, "2025-11-05T10:00:00Z", "fail", true],
    ["is reported where it is before the tag's", "2025-11-04", {}, "2025-11-05T10:00:00Z", "fail", false],
    [
      "is refused before the tag's where it must be the day of the release",
      "2025-11-04",
      release,
      "2025-11-05T10:00:00Z",
      "fail",
      true,
    ],
  ])("PLN-55 F27: %s", (_rule, day, changes, tagDate, result, required) => {
    const text = `## [1.1.0] - ${day}\n\n- a\n`;
    const check = checkOf(
      { ...given(tagDate, text), policy: { changelog: { ...changelogPolicy, ...changes } } },
      "changelog-date",
    );
    expect(check).toMatchObject({
      result,
      required,
      ...(result === "fail" ? { code: "plan.changelog-date-mismatch" } : {}),
    });
  });
});

function given(tagDate: string | undefined, changelog: string): Given {
  const now = new Date("2026-01-01T12:00:00Z");
  return { facts: { changelog, setting: { now, tagDate, before: undefined, alike: [], commits: undefined } } };
}
