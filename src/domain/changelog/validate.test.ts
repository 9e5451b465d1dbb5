import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changelogFormats, rulesOf, type SectionRules } from "#src/domain/changelog/rules";
import { validateChangelog } from "#src/domain/changelog/validate";

const issuesUrl = "https://git.example.org/octo/tide/issues/";
const dated = changelogFormats["dated-sections"];
const kept = changelogFormats["keep-a-changelog"];
const link = (number: number) => `[#${number}](${issuesUrl}${number})`;
const head = "# changelog\n\n## v1.1.0 (2026-01-01)\n\n";
const older = "\n## v1.0.0 (2025-01-01)\n\n### fixes\n\n- begin\n";

function codesOf(text: string, rules: SectionRules = dated): string[] {
  const { findings } = validateChangelog(text, { version: "1.1.0", rules, issuesUrl });
  return findings.map(({ code, advisory }) => `${code.replace("plan.changelog-", "")}${advisory ? " (advisory)" : ""}`);
}

describe("a dated section", () => {
  it.each<[rule: string, section: string, codes: string[]]>([
    ["PLN-53: is fine with linked entries in known subsections", `### fixes\n\n- tide ${link(1)}\n`, []],
    [
      "PLN-53 F26: needs a link in every entry",
      `### fixes\n\n- tide ${link(1)}\n- moon\n- sun\n`,
      ["entry-unlinked", "entry-unlinked"],
    ],
    ["PLN-53: needs none in sub-bullets", `### fixes\n\n- tide ${link(1)}\n  - high\n  - low\n`, []],
    ["PLN-53: takes no link from a sub-bullet", `### fixes\n\n- tide\n  - high ${link(1)}\n`, ["entry-unlinked"]],
    ["PLN-54: takes the link on a continuation line", `### fixes\n\n- tide\n  rises ${link(1)}\n`, []],
    ["PLN-54: takes the link on a lazy continuation line", `### fixes\n\n- tide\n${link(1)}\n`, []],
    ["PLN-54: takes the link in a later paragraph of the entry", `### fixes\n\n- tide\n\n  rises ${link(1)}\n`, []],
    [
      "PLN-54: takes a link in emphasis, brackets or another link",
      `### fixes\n\n- tide (**${link(1)}**)\n- [a ${link(2)}](x)\n`,
      [],
    ],
    [
      "PLN-54: takes a link that the document defines",
      `### fixes\n\n- tide [#1], moon [#2][two]\n\n[#1]: ${issuesUrl}1\n[two]: ${issuesUrl}2\n`,
      [],
    ],
    ["PLN-53: takes no bracket without a definition", "### fixes\n\n- tide [#1]\n", ["entry-unlinked"]],
    ["PLN-53: takes no link in inline code", `### fixes\n\n- tide \`${link(1)}\`\n`, ["entry-unlinked"]],
    ["PLN-53: takes no image for a link", `### fixes\n\n- tide !${link(1)}\n`, ["entry-unlinked"]],
    ["PLN-53: takes no link in a comment", `### fixes\n\n- tide <!-- ${link(1)} -->\n`, ["entry-unlinked"]],
    ["PLN-53: takes no bare number", "### fixes\n\n- tide #1\n", ["entry-unlinked"]],
    [
      "PLN-60: takes no commit for an issue",
      "### fixes\n\n- tide [abc1234](https://git.example.org/octo/tide/commit/abc1234)\n",
      ["entry-unlinked"],
    ],
    ["PLN-60: has no marker of a draft left", `### fixes\n\n- tide ${link(1)} TODO issue\n`, ["entry-unlinked"]],
    ["PLN-60: has no unwritten entry left", `### fixes\n\n- TODO describe ${link(1)}\n`, ["placeholder"]],
    ["PLN-54: links to the number that it shows", `### fixes\n\n- tide [#1](${issuesUrl}2)\n`, ["link-mismatch"]],
    [
      "PLN-54: links to its own repository's issues",
      "### fixes\n\n- tide [#1](https://git.example.org/octo/moon/issues/1)\n",
      ["link-mismatch"],
    ],
    [
      "PLN-54: does not link to a pull request",
      "### fixes\n\n- tide [#1](https://git.example.org/octo/tide/pull/1)\n",
      ["link-mismatch"],
    ],
    [
      "PLN-54: may link to a comment of the issue, in any case",
      `### fixes\n\n- tide [#1](${issuesUrl.replace("octo", "Octo")}1#note)\n`,
      [],
    ],
    [
      "PLN-54: looks at every link of an entry",
      `### fixes\n\n- tide ${link(1)}, [#2](${issuesUrl}3)\n`,
      ["link-mismatch"],
    ],
    ["PLN-53: knows its subsections", `### features\n\n- tide ${link(1)}\n`, ["section-unknown"]],
    ["PLN-53: spells its subsections as they are", `### Fixes\n\n- tide ${link(1)}\n`, ["section-unknown"]],
    [
      "PLN-54: has its subsections in order",
      `### changes\n\n- tide ${link(1)}\n\n### fixes\n\n- moon ${link(2)}\n`,
      ["order"],
    ],
    [
      "PLN-54: has each subsection once",
      `### fixes\n\n- tide ${link(1)}\n\n### fixes\n\n- moon ${link(2)}\n`,
      ["subsection-duplicate"],
    ],
    ["PLN-54: has no empty subsection", `### fixes\n\n### changes\n\n- moon ${link(2)}\n`, ["subsection-empty"]],
    [
      "PLN-54: has no subsection of empty bullets",
      `### fixes\n\n-\n\n### changes\n\n- moon ${link(2)}\n`,
      ["subsection-empty"],
    ],
    [
      "PLN-54: has no subsection of prose alone, which could carry no link",
      `### fixes\n\ntide\n\n### docs\n\n- moon ${link(2)}\n`,
      ["subsection-empty"],
    ],
    [
      "PLN-54: has no entry before the first subsection",
      `- tide ${link(1)}\n\n### fixes\n\n- moon ${link(2)}\n`,
      ["entry-orphan"],
    ],
    ["PLN-54: may have words before the first subsection", `Mostly tides.\n\n### fixes\n\n- moon ${link(2)}\n`, []],
    [
      "PLN-54: takes no heading from a code block",
      `### fixes\n\n- moon ${link(2)}\n  \`\`\`\n  ### features\n  \`\`\`\n`,
      [],
    ],
    ["PLN-51: says something", "\n", ["section-empty"]],
    ["PLN-51: says something in entries", "Mostly tides.\n", ["section-empty"]],
    [
      "PLN-53: reports every finding, not the first",
      "### features\n\n- tide\n- moon\n",
      ["section-unknown", "entry-unlinked", "entry-unlinked"],
    ],
  ])("%s", (_rule, section, codes) => {
    expect(codesOf(head + section + older)).toEqual(codes);
  });

  it("PLN-53 F26: counts its entries, and those without a link", () => {
    const text = `${head}### fixes\n\n- tide ${link(1)}\n- moon\n  - sub\n\n### docs\n\n* sun\n${older}`;
    expect(validateChangelog(text, { version: "1.1.0", rules: dated, issuesUrl })).toMatchObject({
      entries: 3,
      unlinked: 2,
    });
  });

  it.each<[rule: string, text: string, codes: string[]]>([
    ["PLN-53: has the heading of its format", "## [1.1.0] - 2026-01-01", ["heading"]],
    ["PLN-53: has a heading without more words", "## v1.1.0 (2026-01-01) tides", ["heading"]],
    ["PLN-53: has a real day", "## v1.1.0 (2026-02-29)", ["date-invalid"]],
    ["PLN-59: is not marked unreleased", "## v1.1.0 (unreleased)", ["unreleased-heading"]],
    ["PLN-59: is that of the whole version", "## v1.1.0rc1 (2026-01-01)", ["section-missing"]],
    ["PLN-59: is not that of a version that begins alike", "## v1.1.0.1 (2026-01-01)", ["section-missing"]],
    ["PLN-50: may be headed by an underline", "v1.1.0 (2026-01-01)\n---", []],
    ["PLN-51: is no heading of another level", "### v1.1.0 (2026-01-01)", ["section-missing"]],
    ["PLN-54: is no heading in a comment", "<!-- ## v1.1.0 (2026-01-01) -->", ["section-missing"]],
    ["PLN-54: has no placeholder above it", "## vX.Y.Z (YYYY-MM-DD)\n\n## v1.1.0 (2026-01-01)", ["placeholder"]],
    [
      "PLN-54: may have a placeholder in the history below it",
      "## v1.1.0 (2026-01-01)\n\n### docs\n\n- a [#1](https://git.example.org/octo/tide/issues/1)\n\n## next",
      [],
    ],
    ["PLN-52: has nothing unreleased above it", "## unreleased\n\n## v1.1.0 (2026-01-01)", ["not-finalized"]],
    [
      "PLN-59: is the newest",
      `## v1.2.0 (unreleased)\n\n### fixes\n\n- a ${link(1)}\n\n## v1.1.0 (2026-01-01)`,
      ["version-mismatch"],
    ],
  ])("%s", (_rule, heading, codes) => {
    expect(codesOf(`${heading}\n\n### fixes\n\n- tide ${link(1)}\n`)).toEqual(codes);
  });
});

describe("the order of versions", () => {
  const text = (...versions: string[]) => versions.map((one) => `## [${one}] - 2026-01-01\n\n- a\n`).join("\n");

  it.each<[rule: string, versions: string[], codes: string[]]>([
    ["PLN-54: falls from top to bottom, by number", ["1.1.0", "1.0.10", "1.0.9"], []],
    ["PLN-54: has no higher version below the released one", ["1.1.0", "1.2.0"], ["order"]],
    ["PLN-59: has no lower version above the released one", ["1.0.0", "1.1.0"], ["version-mismatch"]],
    ["PLN-54: has pre-releases below their release", ["1.1.0", "1.1.0-rc.2", "1.1.0-rc.1", "1.0.0"], []],
    ["PLN-54: is reported where only older sections break it", ["1.1.0", "0.8.0", "0.9.0"], ["order (advisory)"]],
    ["PLN-54: is reported where an older version is there twice", ["1.1.0", "0.9.0", "0.9.0"], ["order (advisory)"]],
  ])("%s", (_rule, versions, codes) => {
    expect(codesOf(text(...versions), kept)).toEqual(codes);
  });
});

describe("rules that a project sets apart", () => {
  const text = "## Version 1.1.0 of 2026-01-01\n\n- a\n\n### Performance\n\n- b\n";

  it("PLN-50: are data: heading, titles, order, links, and where entries stand", () => {
    const heading = "Version {version} of {date}";
    expect(codesOf(text, rulesOf("keep-a-changelog", { heading }))).toEqual(["section-unknown"]);
    expect(codesOf(text, rulesOf("keep-a-changelog", { heading, sections: ["Performance"] }))).toEqual([]);
    expect(
      codesOf(text, rulesOf("keep-a-changelog", { heading, sections: ["Performance"], "loose-entries": "refused" })),
    ).toEqual(["entry-orphan"]);
    expect(
      codesOf(text, rulesOf("keep-a-changelog", { heading, sections: ["Performance"], links: "required" })),
    ).toEqual(["entry-unlinked", "entry-unlinked"]);
  });

  it("PLN-50: may ask for an empty Unreleased on top", () => {
    const rules = rulesOf("keep-a-changelog", { unreleased: "required" });
    const section = "## [1.1.0] - 2026-01-01\n\n- a\n";
    expect(codesOf(section, rules)).toEqual(["not-finalized"]);
    expect(codesOf(`## [Unreleased]\n\n${section}`, rules)).toEqual([]);
  });

  it("PLN-54: finds a wrong number in an own link even where links are optional, and leaves other links alone", () => {
    const entry = (target: string) => `## [1.1.0] - 2026-01-01\n\n- a [#1](${target})\n`;
    expect(codesOf(entry(`${issuesUrl}2`), kept)).toEqual(["link-mismatch"]);
    expect(codesOf(entry("https://git.example.org/octo/tide/pull/1"), kept)).toEqual([]);
    expect(codesOf(entry("https://git.example.org/octo/moon/issues/1"), kept)).toEqual([]);
  });
});

describe("any text", () => {
  const piece = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom(
      "## ",
      "## v1.1.0 (2026-01-01)",
      "## [1.1.0] - 2026-01-01",
      "### fixes",
      "- ",
      "  - ",
      "```",
      "<!--",
      "-->",
      "[#1](",
      ")",
      "[#1]: x",
      "\n",
      "\r\n",
      "---",
      "[",
      "`",
      "\\",
    ),
  );

  it("PLN-54: is judged without an error, alike for each kind of line end", () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), fc.constantFrom(dated, kept), (pieces, rules) => {
        const text = pieces.join("").replaceAll("\r", "");
        const review = validateChangelog(text, { version: "1.1.0", rules, issuesUrl });
        expect(review.entries).toBeGreaterThanOrEqual(review.unlinked);
        expect(review.notes?.trim()).not.toBe("");
        expect(
          validateChangelog(text.replaceAll("\n", "\r\n"), { version: "1.1.0", rules, issuesUrl }).findings,
        ).toEqual(review.findings);
      }),
      { numRuns: 300 },
    );
  });
});
