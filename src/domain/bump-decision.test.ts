import { describe, expect, it } from "vitest";
import {
  compareBumps,
  declaredBump,
  largerBump,
  versionAfter,
  weighLabels,
  weighMessage,
} from "#src/domain/bump-decision";
import { readCommit } from "#src/domain/conventional-commit";
import { parseVersion } from "#src/domain/version";

const rules = { major: ["breaking"], minor: ["feature"], patch: ["bug"] };

describe("PLN-24: what a commit asks for", () => {
  it.each([
    ["feat: tides", 1, "minor"],
    ["feat!: tides", 1, "major"],
    ["fix: leak\n\nBREAKING CHANGE: the port moved", 1, "major"],
    ["fix: leak", 1, "patch"],
    ["docs: words", 1, "patch"],
    ["whatever", 1, "patch"],
    ["Merge branch 'side'", 2, "none"],
    ["Merge pull request #12 from ada/tides\n\nfeat: tides", 2, "minor"],
    ["Tides (#12)\n\n* fix: leak\n* feat: tides", 1, "minor"],
    ["fix: leak (#12)\n\n* feat!: tides", 1, "major"],
    ["feat: tides (#12)\n\n* fix: leak", 1, "minor"],
  ])("%j with %i parent(s) asks for %s", (message, parents, expected) => {
    expect(weighMessage(readCommit(message, parents), "major").bump).toBe(expected);
  });

  it("is a minor step for a breaking change where the configuration says so", () => {
    expect(weighMessage(readCommit("feat!: tides", 1), "minor").bump).toBe("minor");
  });

  it.each([
    [["bug", "breaking"], "major", true],
    [["bug", "feature"], "minor", true],
    [["bug"], "patch", true],
    [["other"], "patch", false],
    [[], "patch", false],
  ])("of labels %j is %s", (labels, bump, known) => {
    expect(weighLabels(labels, rules)).toMatchObject({ bump, known });
  });
});

describe("PLN-23: the version that a step leads to", () => {
  it.each([
    ["1.4.9", "patch", "1.4.10"],
    ["1.4.9", "minor", "1.5.0"],
    ["1.4.9", "major", "2.0.0"],
  ] as const)("from %s by a %s step is %s", (from, step, expected) => {
    const version = parseVersion(from);
    expect(version && versionAfter(version, step)).toBe(expected);
  });
});

describe("the step between two versions", () => {
  it.each([
    ["1.2.3", "2.0.0", "major"],
    ["1.2.3", "1.3.0", "minor"],
    ["1.2.3", "1.2.4", "patch"],
    ["1.2.3", "1.10.0", "minor"],
    ["1.2.3", "1.3.0-rc.1", "minor"],
    ["1.2.3-rc.1", "1.2.3", "none"],
  ])("from %s to %s is %s", (from, to, expected) => {
    const [a, b] = [parseVersion(from), parseVersion(to)];
    expect(a && b && declaredBump(a, b)).toBe(expected);
  });

  it("has an order", () => {
    expect(compareBumps("patch", "minor")).toBeLessThan(0);
    expect(compareBumps("major", "minor")).toBeGreaterThan(0);
    expect(compareBumps("none", "none")).toBe(0);
    expect([largerBump("patch", "minor"), largerBump("minor", "patch")]).toEqual(["minor", "minor"]);
  });
});
