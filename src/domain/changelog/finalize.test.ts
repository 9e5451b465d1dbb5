import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { finalizeChangelog } from "#src/domain/changelog/finalize";
import { changelogFormats } from "#src/domain/changelog/rules";
import { validateChangelog } from "#src/domain/changelog/validate";
import { gitGround } from "#src/testing/git-ground";

const kept = { version: "1.1.0", date: "2026-01-01", rules: changelogFormats["keep-a-changelog"] };
const text = `# Changelog

Words.

## [Unreleased]

### Added

- Tides.

## [1.0.0] - 2025-01-01

- Begin.

[Unreleased]: https://git.example.org/octo/tide/compare/v1.0.0...HEAD
[1.0.0]: https://git.example.org/octo/tide/releases/tag/v1.0.0
`;

describe("a finalised changelog", () => {
  it("PLN-52: has the notes under the version, a fresh Unreleased above, and links in step", () => {
    const finished = finalizeChangelog({ path: "CHANGELOG.md", text }, kept);
    expect(finished?.text).toBe(
      text
        .replace("## [Unreleased]\n", "## [Unreleased]\n\n## [1.1.0] - 2026-01-01\n")
        .replace(
          "compare/v1.0.0...HEAD\n",
          "compare/v1.1.0...HEAD\n[1.1.0]: https://git.example.org/octo/tide/compare/v1.0.0...v1.1.0\n",
        ),
    );
    expect(validateChangelog(finished?.text ?? "", { ...kept, issuesUrl: "https://x.example/" }).findings).toEqual([]);
  });

  it("PLN-52: has no fresh Unreleased where the rules refuse one", () => {
    const rules = changelogFormats["dated-sections"];
    const finished = finalizeChangelog(
      { path: "c.md", text: "## unreleased\n\n### fixes\n\n- a\n" },
      { ...kept, rules },
    );
    expect(finished?.text).toBe("## v1.1.0 (2026-01-01)\n\n### fixes\n\n- a\n");
  });

  it.each<[why: string, text: string]>([
    ["no notes wait", "## [Unreleased]\n\n## [1.0.0] - 2025-01-01\n\n- a\n"],
    ["nothing is called Unreleased", "## [1.0.0] - 2025-01-01\n\n- a\n"],
    ["notes wait in two places", "## [Unreleased]\n\n- a\n\n## Unreleased\n\n- b\n"],
    ["the version has a section already", "## [Unreleased]\n\n- a\n\n## [1.1.0] - 2026-01-01\n\n- b\n"],
    ["the file is no text", "## [Unreleased]\n\n- \uFFFD\n"],
  ])("PLN-52: is not proposed where %s", (_why, given) => {
    expect(finalizeChangelog({ path: "CHANGELOG.md", text: given }, kept)).toBeUndefined();
  });
});

describe("the patch, under git apply", () => {
  const ground = gitGround();
  afterAll(() => ground.remove());

  it.each<[rule: string, path: string, text: string]>([
    ["applies", "CHANGELOG.md", text],
    ["keeps CRLF", "crlf.md", text.replaceAll("\n", "\r\n")],
    ["keeps a byte order mark", "bom.md", "\uFEFF## [Unreleased]\n\n- a\n"],
    ["keeps a missing last line end", "end.md", "## [Unreleased]\n\n- a"],
    ["edits a last line without an end", "last.md", text.replace(/\n\[1\.0\.0\].*\n$/, "")],
    ["replaces an underlined heading", "underlined.md", "# c\n\nUnreleased\n---\n\n- a\n"],
    ["knows a path with spaces", "docs/change log.md", text],
    ["knows a path with letters of any kind", 'docs/Ä"nderungen.md', text],
  ])("PLN-52: %s", (_rule, path, given) => {
    ground.commit("docs: more", { [path]: given });
    const finished = finalizeChangelog({ path, text: given }, kept);
    const patch = join(ground.root, "finalize.patch");
    writeFileSync(patch, finished?.patch ?? "");
    ground.git(["apply", "--whitespace=nowarn", patch]);
    expect(readFileSync(join(ground.work, path), "utf8")).toBe(finished?.text);
    expect(finished?.text).toContain("## [1.1.0] - 2026-01-01");
    expect(finished?.text).not.toContain("\n---");
    expect(finished?.text.startsWith("\uFEFF")).toBe(given.startsWith("\uFEFF"));
  });
});
