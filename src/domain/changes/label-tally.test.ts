import { describe, expect, it } from "vitest";
import { startLabelTally } from "#src/domain/changes/label-tally";
import { aSha } from "#src/testing/builders";

const labels = new Map([
  ["#1", ["bug"]],
  ["#2", ["docs", "bug"]],
  [aSha("3"), ["quiet"]],
]);

function total(commits: [sha: string, message: string, isMerge?: boolean][], handed = labels) {
  const tally = startLabelTally(handed);
  for (const [sha, message, isMerge = false] of commits) tally.add(sha, message, isMerge);
  return tally.total();
}

describe("GAT-02: the labels of all commits", () => {
  it("are those of their issues and their own, each once", () => {
    const commits: [string, string][] = [
      [aSha("1"), "fix (#1)"],
      [aSha("2"), "fix #2"],
      [aSha("3"), "style"],
    ];
    expect(total(commits)).toEqual(["bug", "docs", "quiet"]);
  });

  it.each<[string, [string, string, boolean?][]]>([
    ["a commit names no issue", [[aSha("1"), "fix"]]],
    ["an issue was not handed in", [[aSha("1"), "fix #1, #9"]]],
  ])("are not known where %s", (_case, commits) => {
    expect(total(commits)).toBeUndefined();
  });

  it("are not known where none were handed in", () => {
    expect(total([[aSha("1"), "fix (#1)"]], new Map())).toBeUndefined();
  });

  it("need none of a bare merge", () => {
    expect(total([[aSha("1"), "Merge branch 'a'", true]])).toEqual([]);
  });
});
