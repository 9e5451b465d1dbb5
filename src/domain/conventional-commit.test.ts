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
      reverts: ["0123456789abcdef0123456789abcdef01234567", "abcdef0"],
      carried: [],
    });
  });

  it("names what a `revert:` lists in its footer", () => {
    expect(readCommit("revert: tides\n\nRefs: 676104e, a215868", 1).reverts).toEqual(["676104e", "a215868"]);
  });

  it("PLN-24: takes no footer for a revert that a commit of another type has", () => {
    expect(readCommit("fix: tides\n\nRefs: 676104e", 1).reverts).toEqual([]);
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
