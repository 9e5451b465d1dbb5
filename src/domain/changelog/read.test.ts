import { describe, expect, it } from "vitest";
import { extractNotes, isDescribed, readChangelog } from "#src/domain/changelog/read";

const text = `# Changelog

## [Unreleased]

## [1.1.0] - 2026-01-01

<!-- ## [9.9.9] - 2026-01-01
hidden -->
### Added

- Tides, see [#12] and \`[1.0.0]\`. <!-- why -->

\`\`\`md
## [8.8.8] - 2026-01-01
<!-- kept in code -->
\`\`\`

## [1.0.0] - 2025-01-01

### Added

[1.1.0]: https://example.org/compare
[#12]: https://example.org/12
`;

describe("a changelog", () => {
  it("has one section a heading of level two, without those in comments and code", () => {
    expect(readChangelog(text).sections.map(({ heading, line }) => [heading, line])).toEqual([
      ["[Unreleased]", 3],
      ["[1.1.0] - 2026-01-01", 5],
      ["[1.0.0] - 2025-01-01", 18],
    ]);
  });

  it("has sections that end at a heading of the first level as well", () => {
    const [section] = readChangelog("## [1.1.0]\n\n- a\n\n# Archive\n\n- z\n").sections;
    expect(section && extractNotes(section, new Map())).toBe("- a\n");
  });

  it("is read the same with CRLF line ends", () => {
    expect(readChangelog(text.replaceAll("\n", "\r\n"))).toEqual(readChangelog(text));
  });

  it("has described sections, and others that hold headings and link definitions only", () => {
    expect(readChangelog(text).sections.map(isDescribed)).toEqual([false, true, false]);
  });

  it("PLN-51: gives a section's notes up to the next heading of its level, with the link definitions they use", () => {
    const { sections, links } = readChangelog(text);
    const section = sections[1];
    expect(section && extractNotes(section, links)).toBe(
      "### Added\n\n- Tides, see [#12] and `[1.0.0]`. \n\n```md\n## [8.8.8] - 2026-01-01\n<!-- kept in code -->\n```\n\n[#12]: https://example.org/12\n",
    );
  });
});
