import { describe, expect, it } from "vitest";
import { promoteSection } from "#src/contract/config/promote";

const holds = (section: object) => promoteSection.safeParse(section).success;

describe("PRO-01: a chain of branches", () => {
  it.each([["main"], ["release/1.x"], ["dev-2"], ["feature/ünïcode"]])("holds %s", (branch) => {
    expect(holds({ chain: [branch], checks: ["test"] })).toBe(true);
  });

  it.each([
    [""],
    ["refs/heads/main"],
    ["a b"],
    ["a..b"],
    ["-x"],
    ["/x"],
    ["x/"],
    ["x."],
    ["a//b"],
    ["a/.b"],
    ["a.lock"],
    ["a@{1}"],
    ["a~1"],
    ["a^"],
    ["a:b"],
    ["a\\b"],
    ["a\u0007"],
    ["*"],
  ])("refuses %j, which is no branch for git", (branch) => {
    expect(holds({ chain: [branch], checks: ["test"] })).toBe(false);
  });

  it("refuses a chain without branches, and one that passes a branch twice", () => {
    expect(holds({ chain: [], checks: ["test"] })).toBe(false);
    expect(holds({ chain: ["dev", "main", "dev"], checks: ["test"] })).toBe(false);
  });
});

describe("PRO-05: required checks", () => {
  it("are never left out, so that nothing moves unproven", () => {
    expect(holds({ chain: ["main"] })).toBe(false);
    expect(holds({ chain: ["main"], checks: [] })).toBe(false);
  });

  it("come with a back-merge check that reports, unless told to block", () => {
    expect(promoteSection.parse({ chain: ["main"], checks: ["test"] })).toEqual({
      chain: ["main"],
      checks: ["test"],
      backmerge: "advisory",
      via: "fast-forward",
    });
  });
});
