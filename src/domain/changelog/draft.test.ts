import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type DraftCommit, draftParts, draftSection } from "#src/domain/changelog/draft";
import { readSubsections } from "#src/domain/changelog/entries";
import { readChangelog } from "#src/domain/changelog/read";
import { changelogFormats } from "#src/domain/changelog/rules";
import { validateChangelog } from "#src/domain/changelog/validate";
import { commitClasses } from "#src/domain/conventional-commit";

const issuesUrl = "https://git.example.org/octo/tide/issues/";
const dated = { version: "1.1.0", date: "2026-01-01", rules: changelogFormats["dated-sections"], issuesUrl };
const kept = { ...dated, rules: changelogFormats["keep-a-changelog"] };

const commit = (subject: string, changes: Partial<DraftCommit> = {}): DraftCommit => ({
  sha: "c".repeat(40),
  subject,
  class: commitClasses.find((known) => known === /^[a-z]+/.exec(subject)?.[0]) ?? "other",
  breaking: false,
  issues: [],
  ...{ reverts: [], parents: [], carried: [] },
  ...changes,
});

describe("a drafted section", () => {
  it("PLN-60: sorts commits into subsections, links known issues and marks unknown ones", () => {
    const commits = [
      commit("ci: cache"),
      commit("docs: explain tides"),
      commit("fix(harbour): close `--gate`", { issues: ["12", "13"] }),
      commit("perf: faster moon"),
      commit("feat: tides", { issues: ["7"] }),
      commit("feat!: drop the sun", { breaking: true }),
    ];
    expect(draftSection(commits, dated)).toBe(
      [
        "## v1.1.0 (2026-01-01)\n",
        "### fixes\n",
        `- harbour: close \`--gate\` [#12](${issuesUrl}12), [#13](${issuesUrl}13)\n`,
        "### changes\n",
        `- tides [#7](${issuesUrl}7)`,
        "- faster moon TODO issue\n",
        "### breaking\n",
        "- drop the sun TODO issue\n",
        "### docs\n",
        "- explain tides TODO issue\n",
      ].join("\n"),
    );
  });

  it("PLN-60: has no marker where links are optional, and names what breaks", () => {
    const commits = [commit("feat!: drop the sun", { breaking: true }), commit("feat: tides")];
    expect(draftSection(commits, kept)).toBe(
      "## [1.1.0] - 2026-01-01\n\n### Added\n\n- tides\n\n### Changed\n\n- **Breaking:** drop the sun\n",
    );
  });

  it("PLN-60: leaves out what was reverted inside the range, and keeps a revert of an earlier release", () => {
    const commits = [
      commit('Revert "feat: stars"', { sha: "3".repeat(40), class: "revert", reverts: [{ id: "999999999" }] }),
      commit('Revert "feat: tides"', { sha: "2".repeat(40), class: "revert", reverts: [{ id: "1".repeat(40) }] }),
      commit("feat: tides", { sha: "1".repeat(40) }),
    ];
    expect(draftParts(commits, kept)).toEqual([{ title: "Changed", entries: ['Revert "feat: stars"'] }]);
  });

  it("PLN-60: keeps a commit that takes another one back and is more than a revert", () => {
    const commits = [
      commit("feat!: stars in place of tides", { breaking: true, reverts: [{ id: "1".repeat(40) }] }),
      commit("feat: tides", { sha: "1".repeat(40) }),
    ];
    expect(draftParts(commits, kept)).toEqual([
      { title: "Changed", entries: ["**Breaking:** stars in place of tides"] },
    ]);
  });

  it("PLN-60: keeps what came back by the revert of a revert", () => {
    const commits = [
      commit("revert: again", { sha: "3".repeat(40), class: "revert", reverts: [{ id: "2".repeat(40) }] }),
      commit("revert: tides", { sha: "2".repeat(40), class: "revert", reverts: [{ id: "1".repeat(40) }] }),
      commit("feat: tides", { sha: "1".repeat(40) }),
    ];
    expect(draftParts(commits, kept)).toEqual([{ title: "Added", entries: ["tides"] }]);
  });

  it.each([
    ["fix: - tide", "\\- tide"],
    ["fix: # tide", "\\# tide"],
    ["fix: 1. tide", "1\\. tide"],
    ["fix: <b> [x](y) *z*", "\\<b\\> \\[x\\](y) \\*z\\*"],
    ["fix: `<b>` stays", "`<b>` stays"],
  ])("PLN-60: takes %s for words, not for markup", (subject, entry) => {
    expect(draftParts([commit(subject)], kept)).toEqual([{ title: "Fixed", entries: [entry] }]);
  });

  it("PLN-60: asks to be written where no commit tells", () => {
    const draft = draftSection([commit("ci: cache")], kept);
    expect(draft).toContain("TODO describe what changed");
    expect(codesOf(draft, kept)).toContain("plan.changelog-entry-unlinked");
  });

  it("PLN-60: is refused while a marker is left, and accepted once links stand in their place", () => {
    const draft = draftSection([commit("fix: moon"), commit("feat: tides", { issues: ["7"] })], dated);
    expect(codesOf(draft, dated)).toEqual(["plan.changelog-entry-unlinked"]);
    expect(codesOf(draft.replace("TODO issue", `[#8](${issuesUrl}8)`), dated)).toEqual([]);
  });

  const subject = fc.oneof(
    fc.string({ unit: "binary" }),
    fc
      .array(
        fc.constantFrom(
          "fix: ",
          "a",
          "`",
          "<!--",
          "-->",
          "[",
          "](",
          "- ",
          "# ",
          "1. ",
          "\\",
          "#7 ",
          "**",
          "```",
          "\n",
          " ",
        ),
      )
      .map((parts) => parts.join("")),
  );
  const commits = fc.array(
    fc.record({
      sha: fc.uuid(),
      subject,
      class: fc.constantFrom(...commitClasses),
      breaking: fc.boolean(),
      issues: fc.array(
        fc.nat({ max: 99_999 }).map((number) => String(number + 1)),
        { maxLength: 3 },
      ),
      reverts: fc.constant([]),
      parents: fc.constant([]),
      carried: fc.constant([]),
    }),
    { maxLength: 20 },
  );

  it("PLN-60: gives back, when it is read, the entries that were written, whatever the commits say", () => {
    fc.assert(
      fc.property(commits, fc.constantFrom(dated, kept), (made, question) => {
        const parts = draftParts(made, question);
        fc.pre(parts.length > 0);
        const { sections, links } = readChangelog(draftSection(made, question));
        const read = sections
          .flatMap((section) => readSubsections(section, links))
          .filter(({ title }) => title !== undefined);
        expect(read.map(({ title, entries }) => ({ title, entries: entries.map(({ text }) => text) }))).toEqual(parts);
      }),
      { numRuns: 300 },
    );
  });

  it("PLN-60: is accepted by the validator once its markers are gone, whatever the commits say", () => {
    fc.assert(
      fc.property(commits, fc.constantFrom(dated, kept), (made, question) => {
        fc.pre(draftParts(made, question).length > 0);
        const filled = draftSection(made, question)
          .replaceAll("TODO issue", `[#8](${issuesUrl}8)`)
          .replaceAll("TODO", "Did");
        expect(codesOf(filled, question)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

function codesOf(text: string, question: typeof dated | typeof kept): string[] {
  return validateChangelog(text, question).findings.map(({ code }) => code);
}
