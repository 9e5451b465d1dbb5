import { describe, expect, it } from "vitest";
import { before, checkOf, preRelease } from "#src/testing/plan-facts";

describe("the changelog", () => {
  it.each<[rule: string, text: string | undefined, check: string, code: string]>([
    ["PLN-51 F25: a missing file is refused", undefined, "changelog-section", "plan.changelog-section-missing"],
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
      { policy: { changelog: { format: "none", file: "CHANGELOG.md" } }, facts: { changelog: undefined } },
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
});
