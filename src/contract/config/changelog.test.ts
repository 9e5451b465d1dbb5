import { describe, expect, it } from "vitest";
import { changelogSection } from "#src/contract/config/changelog";
import { rulesOf } from "#src/domain/changelog/rules";

describe("the changelog section of the configuration", () => {
  it("PLN-50: leaves the rules to the format where nothing is set apart", () => {
    const read = changelogSection.parse({ format: "dated-sections" });
    expect(read).toEqual({
      format: "dated-sections",
      file: "CHANGELOG.md",
      "date-rule": "not-in-future",
      "date-tolerance": "0d",
      "date-zone": "utc-or-own",
      "pre-releases": "optional",
    });
    expect(rulesOf("dated-sections", read)).toMatchObject({
      heading: "v{version} ({date})",
      sections: ["fixes", "changes", "breaking", "docs", "tests"],
      order: "listed",
      links: "required",
      unreleased: "refused",
      "loose-entries": "refused",
    });
  });

  it.each([
    ["a heading without the version", { heading: "Release of {date}" }],
    ["a heading with the version twice", { heading: "{version} {version}" }],
    ["a heading with another place", { heading: "{version} {codename}" }],
    ["a tolerance without its unit", { "date-tolerance": "1" }],
    ["an address that a number cannot follow", { "issues-url": "https://git.example.org/octo/tide/issues" }],
    ["an unknown format", { format: "news" }],
    ["an unknown key", { title: "x" }],
  ])("PLN-50: refuses %s", (_what, given) => {
    expect(changelogSection.safeParse(given).success).toBe(false);
  });

  it.each(["{version}", "Release {version}", "[{version}] - {date}", "{version} — {date}!"])(
    "PLN-50: takes the heading %s",
    (heading) => {
      expect(changelogSection.safeParse({ heading }).success).toBe(true);
    },
  );
});
