import { describe, expect, it } from "vitest";
import { type IssueReference, referencesIn } from "#src/domain/issue-reference";

const home = { repository: "Octo/Tide", serverUrl: "https://git.example.org" };
const shown = ({ repository, number, closes, own }: IssueReference) =>
  `${repository === "octo/tide" ? "" : repository}#${number}${closes ? " closed" : ""}${own ? " own" : ""}`;
const found = (message: string) => referencesIn(message, home).map(shown);

describe("PLN-40: the references of a message", () => {
  it.each([
    ["a number", "feat: tides #12", ["#12"]],
    ["GitHub's older form", "feat: tides\n\nSee GH-12", ["#12"]],
    ["a squash title", "feat: tides (#12)", ["#12 own"]],
    ["a merged pull request, without its branch", "Merge pull request #12 from acme/leak#7\n\nTides", ["#12 own"]],
    ["nothing of merged branches", "Merge branch 'fix/#12' into main", []],
    ["another repository", "feat: tides, see acme/moon#3", ["acme/moon#3"]],
    ["its own repository in any case", "feat: tides, see OCTO/tide#3", ["#3"]],
    ["an address of an issue", "feat: tides\n\nhttps://git.example.org/acme/moon/issues/4", ["acme/moon#4"]],
    ["an address of a pull request", "feat: x\n\nhttps://git.example.org/octo/tide/pull/4#issuecomment-5", ["#4"]],
    ["no address of a discussion", "feat: x\n\nhttps://git.example.org/octo/tide/discussions/4", []],
    ["no address of another server", "feat: x\n\nhttps://elsewhere.example/octo/tide/issues/4", []],
    ["no part of a word, an entity or a path", "feat: a#1 &#12; x/#3 ##4 #0 #12px #1.5x", []],
    ["a number of any size", "feat: x #99999999999", ["#99999999999"]],
    ["each thing once", "feat: #1 and #1, fixes #1", ["#1 closed"]],
  ])("are %s", (_what, message, expected) => {
    expect(found(message)).toEqual(expected);
  });

  it.each([
    ["a word before the number", "feat: tides\n\nCloses: #1", ["#1 closed"]],
    [
      "a word before a list",
      "feat: tides\n\nfixes #1, #2 and acme/moon#3. Refs #4",
      ["#1 closed", "#2 closed", "acme/moon#3 closed", "#4"],
    ],
    ["a word before an address", "x\n\nresolves https://git.example.org/octo/tide/issues/4", ["#4 closed"]],
    ["the subject of a fix", "fix(ui)!: leak of #5 (#6)\n\nRefs #7", ["#5 closed", "#6 closed own", "#7"]],
  ])("settle an issue by %s", (_what, message, expected) => {
    expect(found(message)).toEqual(expected);
  });

  it.each([
    ["what it quotes", 'Revert "fix: leak, closes #5 (#6)" (#8)\n\nThis reverts commit abcdef1.', ["#8 own"]],
    ["GitHub's word for the reverted one", 'Revert "fix: leak"\n\nReverts octo/tide#6', []],
    ["a closing word", "revert: fix: leak\n\nfixes #5", ["#5"]],
  ])("of a revert are not %s", (_what, message, expected) => {
    expect(found(message)).toEqual(expected);
  });

  it("are found in hostile messages in no time", () => {
    const started = performance.now();
    for (const text of [
      "a/".repeat(200_000),
      "a.-/".repeat(100_000),
      `${"fixes ".repeat(50_000)}#1`,
      "#".repeat(300_000),
    ])
      found(text);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
