import { describe, expect, it } from "vitest";
import { issuesAnswered } from "#src/domain/changelog/issues";

describe("the issues that a commit answers", () => {
  it.each<[rule: string, message: string, issues: string[]]>([
    ["are those that it closes", "fix: tides (#40)\n\nCloses #12, #13\nRefs: #14", ["12", "13", "14"]],
    ["are those in its subject where it names none", "fix #12: tides (#40)", ["12"]],
    ["are not the pull request at the subject's end", "fix: tides (#40)", []],
    ["are not a merged pull request", "Merge pull request #40 from octo/tide", []],
    ["are not mentioned in passing in the body", "fix: tides\n\nlike #7 did", []],
    ["are not those of another repository", "fix: tides octo/moon#7", []],
    ["are named once", "fix: #12 and #12", ["12"]],
  ])("PLN-60: %s", (_rule, message, issues) => {
    expect(issuesAnswered(message)).toEqual(issues);
  });
});
