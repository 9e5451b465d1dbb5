import { describe, expect, it } from "vitest";
import type { ChangelogSetting } from "./changelog-facts.ts";
import { before, changelogPolicy, checkOf, decided, type Given, preRelease } from "./testing/plan-facts.ts";

describe("the changelog", () => {
  it.each<[rule: string, text: string | undefined, check: string, code: string]>([
    ["PLN-51 F25: a missing file is refused", undefined, "changelog-section", "plan.changelog-file-missing"],
    [
      "PLN-51 F25: a missing section is refused",
      "## [1.0.0] - 2025-01-01\n\n- a\n",
      "changelog-section",
      "plan.changelog-section-missing",
    ],
    [
      "PLN-51: a section of a longer version is another one",
      "## [1.1.0-rc.1] - 2025-01-01\n\n- a\n",
      "changelog-section",
      "plan.changelog-section-missing",
    ],
    [
      "PLN-51: a section of a version that begins alike is another one",
      "## [1.1.01] - 2025-01-01\n\n- a\n",
      "changelog-section",
      "plan.changelog-section-missing",
    ],
    [
      "PLN-51: a doubled section is refused",
      "## [1.1.0] - 2026-01-01\n\n- a\n\n## [1.1.0] - 2026-01-01\n\n- a\n",
      "changelog-section",
      "plan.changelog-section-duplicate",
    ],
    [
      "PLN-51: an empty section is refused",
      "## [1.1.0] - 2026-01-01\n\n### Added\n\n## [1.0.0] - 2025-01-01\n",
      "changelog-section",
      "plan.changelog-section-empty",
    ],
    [
      "PLN-51: a section of comments only is refused",
      "## [1.1.0] - 2026-01-01\n<!--\n- a\n-->\n",
      "changelog-section",
      "plan.changelog-section-empty",
    ],
    [
      "PLN-50: a heading without brackets is refused",
      "## 1.1.0 - 2026-01-01\n\n- a\n",
      "changelog-heading",
      "plan.changelog-heading",
    ],
    ["PLN-50: a heading without date is refused", "## [1.1.0]\n\n- a\n", "changelog-heading", "plan.changelog-heading"],
    [
      "PLN-50: a heading with a prefix is refused",
      "## [v1.1.0] - 2026-01-01\n\n- a\n",
      "changelog-heading",
      "plan.changelog-heading",
    ],
    [
      "PLN-50: a heading of a yanked version is refused",
      "## [1.1.0] - 2026-01-01 [YANKED]\n\n- a\n",
      "changelog-heading",
      "plan.changelog-heading",
    ],
    [
      "PLN-50: a day that is not in the calendar is refused",
      "## [1.1.0] - 2026-02-30\n\n- a\n",
      "changelog-heading",
      "plan.changelog-date-invalid",
    ],
    [
      "PLN-50: a month that is not in the calendar is refused",
      "## [1.1.0] - 2026-13-01\n\n- a\n",
      "changelog-heading",
      "plan.changelog-date-invalid",
    ],
    [
      "PLN-59: a heading marked unreleased is refused",
      "## [1.1.0] (unreleased)\n\n- a\n",
      "changelog-heading",
      "plan.changelog-unreleased-heading",
    ],
    [
      "PLN-52: notes left under Unreleased are refused",
      "## [Unreleased]\n\n- b\n\n## [1.1.0] - 2026-01-01\n\n- a\n",
      "changelog-finalized",
      "plan.changelog-not-finalized",
    ],
    [
      "PLN-52: notes that were never finalized are refused",
      "## [Unreleased]\n\n- b\n",
      "changelog-finalized",
      "plan.changelog-not-finalized",
    ],
  ])("%s", (_rule, text, id, code) => {
    expect(checkOf({ facts: { changelog: text } }, id)).toMatchObject({ result: "fail", code, required: true });
  });

  it("PLN-57: needs no section for a pre-release, and says why", () => {
    const check = checkOf(preRelease("1.1.0-rc.1", { "v1.0.0": before }), "changelog-section");
    expect(check).toMatchObject({
      result: "not-applicable",
      because: "1.1.0-rc.1 is a pre-release, which needs no section",
    });
  });

  it("PLN-50: is not applicable where the configuration says that there is none", () => {
    const check = checkOf(
      { policy: { changelog: { ...changelogPolicy, format: "none" } }, facts: { changelog: undefined } },
      "changelog-section",
    );
    expect(check).toMatchObject({ result: "not-applicable", code: "plan.not-applicable" });
  });

  it("PLN-50: may link the version in its heading", () => {
    expect(
      checkOf({ facts: { changelog: "## [1.1.0](https://example.org/x) - 2026-01-01\n\n- a\n" } }, "changelog-heading")
        ?.result,
    ).toBe("pass");
  });

  it("PLN-51: names files that may be meant where its own is missing", () => {
    const check = checkOf(given({ alike: ["changelog.md"] }, undefined), "changelog-section");
    expect(check?.because).toBe("expected CHANGELOG.md in the commit, found changelog.md");
  });

  it("PLN-51: gives notes from the section, and none from anywhere else", () => {
    const notesOf = (text: string) => decided({ facts: { changelog: text } }).notes;
    expect(notesOf("## [1.1.0] - 2026-01-01\n\n- a\n")).toBe("- a\n");
    expect(notesOf("## [Unreleased]\n\n- a\n\n## [1.0.0] - 2025-01-01\n\n- b\n")).toBeUndefined();
    expect(notesOf("## [1.1.0] - 2026-01-01\n\n- a\n\n## [1.1.0] - 2026-01-01\n\n- b\n")).toBeUndefined();
  });

  it("PLN-53 F26: reports every finding of a section, each question with its own code", () => {
    const text =
      "## v1.1.0 (2026-01-01)\n\n- loose\n\n### news\n\n- a\n- b [#1](https://git.example.org/octo/tide/issues/2)\n";
    const { checks } = decided({
      policy: { changelog: { ...changelogPolicy, format: "dated-sections" } },
      facts: { changelog: text },
    });
    const codes = checks
      .filter(({ id, result }) => id.startsWith("changelog") && result === "fail")
      .map(({ code }) => code);
    expect(codes).toEqual([
      "plan.changelog-section-unknown",
      "plan.changelog-entry-orphan",
      "plan.changelog-entry-unlinked",
      "plan.changelog-link-mismatch",
    ]);
    const links = checks.find(({ id }) => id === "changelog-links");
    expect(links?.because).toMatch(/^2 of 3 entries without a link: /);
    expect(links?.evidence).toEqual([
      "plan.changelog-entry-unlinked at line 3",
      "plan.changelog-entry-unlinked at line 7",
    ]);
  });

  it("PLN-54: reports disorder among older sections without refusing it", () => {
    const text = "## [1.1.0] - 2026-01-01\n\n- a\n\n## [0.8.0] - 2025-01-01\n\n- b\n\n## [0.9.0] - 2025-01-02\n\n- c\n";
    expect(checkOf(given({}, text), "changelog-versions")?.result).toBe("pass");
    expect(checkOf(given({}, text), "changelog-older")).toMatchObject({
      result: "fail",
      required: false,
      code: "plan.changelog-order",
    });
  });

  it("PLN-57: judges the section of a pre-release that has one, and may ask for it", () => {
    const rc = preRelease("1.1.0-rc.1", { "v1.0.0": before });
    const section = "## [Unreleased]\n\n- next\n\n## [1.1.0-rc.1] - 2026-02-30\n\n- a\n";
    const { checks } = decided({ ...rc, facts: { ...rc.facts, changelog: section } });
    expect(checks.find(({ id }) => id === "changelog-heading")).toMatchObject({ code: "plan.changelog-date-invalid" });
    expect(checks.find(({ id }) => id === "changelog-finalized")).toBeUndefined();
    const asked = { ...rc, policy: { changelog: { ...changelogPolicy, "pre-releases": "required" as const } } };
    expect(checkOf(asked, "changelog-section")).toMatchObject({ code: "plan.changelog-file-missing" });
  });

  it("PLN-56: is refused where it rewrites what an earlier version said", () => {
    const text = "## [1.0.0] - 2025-01-01\n\n- a\n";
    const check = checkOf(
      given({ before: text }, `## [1.1.0] - 2026-01-01\n\n- b\n\n${text.replace("- a", "- c")}`),
      "changelog-history",
    );
    expect(check).toMatchObject({
      result: "fail",
      code: "plan.changelog-history-edited",
      because: "expected the sections of v1.0.0, found 1.0.0 edited (line 5)",
    });
  });

  it("PLN-56: is not held against a base that is out of reach", () => {
    const check = checkOf({ facts: { baseReachable: false } }, "changelog-history");
    expect(check).toMatchObject({ result: "inconclusive", code: "plan.history-truncated" });
  });
});

const setting: ChangelogSetting = {
  now: new Date("2026-01-01T12:00:00Z"),
  tagDate: undefined,
  before: undefined,
  alike: [],
  commits: undefined,
};

function given(changes: Partial<ChangelogSetting>, changelog: string | undefined): Given {
  return { facts: { changelog, setting: { ...setting, ...changes } } };
}
