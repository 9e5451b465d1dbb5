import { describe, expect, it } from "vitest";
import { startTally } from "#src/domain/bump-tally";
import { aSha } from "#src/testing/builders";

const [one, two, three] = [aSha("1"), aSha("2"), aSha("3")];
const feature = { bump: "minor", why: "feature" } as const;
const patch = { bump: "patch", why: "fix" } as const;

describe("PLN-24: what commits ask for together", () => {
  it("is nothing where there is none", () => {
    expect(startTally().total()).toEqual({ required: "none", deciding: [], cancelled: 0 });
  });

  it("is the largest step, with the commits that ask for it", () => {
    const tally = startTally();
    tally.add(one, patch, []);
    tally.add(two, feature, []);
    tally.add(three, patch, []);
    expect(tally.total()).toMatchObject({ required: "minor", deciding: [two] });
  });

  it("leaves out what a revert among them cancels, and the revert itself", () => {
    const tally = startTally();
    const revert = tally.add(three, patch, [one]);
    tally.add(two, patch, []);
    expect(tally.add(one, feature, [])).toMatchObject({ bump: "none" });
    expect(revert.bump).toBe("none");
    expect(tally.total()).toEqual({ required: "patch", deciding: [two], cancelled: 1 });
  });

  it("understands an id that is spelled short", () => {
    const tally = startTally();
    tally.add(two, patch, [one.slice(0, 7)]);
    tally.add(one, feature, []);
    expect(tally.total()).toMatchObject({ required: "none", cancelled: 1 });
  });

  it("counts a commit again whose revert was reverted", () => {
    const tally = startTally();
    tally.add(three, patch, [two]);
    tally.add(two, patch, [one]);
    tally.add(one, feature, []);
    expect(tally.total()).toMatchObject({ required: "minor", deciding: [one] });
  });

  it("counts a revert of what was released before as the change that it is", () => {
    const tally = startTally();
    tally.add(two, patch, [aSha("9")]);
    expect(tally.total()).toMatchObject({ required: "patch", deciding: [two] });
  });

  it("counts a revert of which only a part was among them", () => {
    const tally = startTally();
    tally.add(two, patch, [one, aSha("9")]);
    tally.add(one, feature, []);
    expect(tally.total()).toMatchObject({ required: "patch", deciding: [two] });
  });

  it("names twenty commits of however many", () => {
    const tally = startTally();
    for (let index = 0; index < 100; index += 1) tally.add(String(index).padStart(40, "0"), patch, []);
    expect(tally.total().deciding).toHaveLength(20);
  });
});
