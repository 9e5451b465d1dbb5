import { describe, expect, it } from "vitest";
import { readCommit } from "#src/domain/conventional-commit";

describe("a commit's message", () => {
  it.each([
    ["feat: add tides", 1, "feat", false],
    ["Fix(core): stop the leak", 1, "fix", false],
    ["feat!: drop Node 18", 1, "feat", true],
    ["feat(api)!: rename", 1, "feat", true],
    ["fix: x\n\nBREAKING CHANGE: the port moved", 1, "fix", true],
    ["fix: x\n\nBREAKING-CHANGE: the port moved", 1, "fix", true],
    ["fix: x\n\nNo BREAKING CHANGE: here", 1, "fix", false],
    ["Merge branch 'a'", 2, "merge", false],
    ["feat: merged", 2, "feat", false],
    ["wow: new type", 1, "other", false],
    ["feat:no space", 1, "other", false],
    ["Update readme", 1, "other", false],
    ["merge the two", 1, "other", false],
    ["", 1, "other", false],
  ])("%j with %i parent(s) is of class %s, breaking: %s", (message, parents, expected, breaking) => {
    expect(readCommit(message, parents)).toMatchObject({ class: expected, breaking });
  });

  it("names every commit that it reverts", () => {
    const message =
      'Revert "feat: tides"\n\nThis reverts commit 0123456789abcdef0123456789abcdef01234567.\nThis reverts commit abcdef0.';
    expect(readCommit(message, 1)).toEqual({
      class: "revert",
      breaking: false,
      reverts: [{ id: "0123456789abcdef0123456789abcdef01234567" }, { id: "abcdef0" }],
      carried: [],
    });
  });

  it("names what a `revert:` lists in its footer", () => {
    expect(readCommit("revert: tides\n\nRefs: 676104e, a215868", 1).reverts).toEqual([
      { id: "676104e" },
      { id: "a215868" },
    ]);
  });

  it("PLN-24: takes no footer for a revert that a commit of another type has", () => {
    expect(readCommit("fix: tides\n\nRefs: 676104e", 1).reverts).toEqual([]);
  });

  it.each([
    ["This reverts commit abcdef0, reversing\nchanges made to 1234567.", [{ id: "abcdef0", mainline: "1234567" }]],
    [
      "This reverts commit abcdef0 (Merge 'x', 2026-01-01), reversing\nchanges made to 1234567 (fix: y, 2026-01-01).",
      [{ id: "abcdef0", mainline: "1234567" }],
    ],
    ["This reverts commit abcdef0 (feat: x, 2026-01-01).", [{ id: "abcdef0" }]],
    ["Reverts octo/tide#12", [{ id: "#12" }]],
    ["Reverts Octo/Tide#12\n\nThis reverts commit abcdef0.", [{ id: "abcdef0" }, { id: "#12" }]],
    ["Reverts #12", [{ id: "#12" }]],
    ["Reverts acme/moon#12", []],
    ["It reverts #12 in part", []],
  ])("PLN-24: understands %j below the subject of a revert", (body, reverts) => {
    expect(readCommit(`Revert "feat: tides"\n\n${body}`, 1, "octo/tide").reverts).toEqual(reverts);
  });

  it("PLN-24: takes no pull request for reverted by a commit that is no revert", () => {
    expect(readCommit("fix: moon\n\nReverts #12", 1, "octo/tide").reverts).toEqual([]);
  });

  it("PLN-24: knows the revert of a revert by the subject that git gives it", () => {
    const message = 'Reapply "feat: tides"\n\nThis reverts commit abcdef0.';
    expect(readCommit(message, 1)).toMatchObject({ class: "revert", reverts: [{ id: "abcdef0" }] });
  });

  it("PLN-24: carries the title of the pull request that a merge names", () => {
    const message = "Merge pull request #12 from ada/tides\n\nfeat!: add tides";
    expect(readCommit(message, 2)).toMatchObject({ class: "merge", carried: [{ class: "feat", breaking: true }] });
    expect(readCommit(message, 1).carried).toEqual([]);
  });

  it("PLN-24: carries the subjects that a squash lists", () => {
    const message = "Tides (#12)\n\n* feat: add tides\n\n* fix!: moon\n* typo\n";
    expect(readCommit(message, 1)).toMatchObject({
      class: "other",
      breaking: false,
      carried: [
        { class: "feat", breaking: false },
        { class: "fix", breaking: true },
      ],
    });
    expect(readCommit(message.replace(" (#12)", ""), 1).carried).toEqual([]);
  });
});
