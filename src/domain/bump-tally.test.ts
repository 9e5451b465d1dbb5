import { describe, expect, it } from "vitest";
import { startTally } from "#src/domain/bump-tally";
import type { RevertingCommit } from "#src/domain/reverted";
import { aSha } from "#src/testing/builders";

const [one, two, three] = [aSha("1"), aSha("2"), aSha("3")];
const feature = { bump: "minor", why: "feature" } as const;
const patch = { bump: "patch", why: "fix" } as const;
const breaking = { bump: "major", why: "breaking change" } as const;

const aCommit = (sha: string, reverts: string[] = []): RevertingCommit => ({
  ...{ sha, parents: [], subject: "", class: reverts.length > 0 ? "revert" : "fix", carried: [] },
  reverts: reverts.map((id) => ({ id })),
});

describe("PLN-24: what commits ask for together", () => {
  it("is nothing where there is none", () => {
    expect(startTally().total()).toEqual({ required: "none", deciding: [], cancelled: 0 });
  });

  it("is the largest step, with the commits that ask for it", () => {
    const tally = startTally();
    tally.add(aCommit(one), patch);
    tally.add(aCommit(two), feature);
    tally.add(aCommit(three), patch);
    expect(tally.total()).toMatchObject({ required: "minor", deciding: [two] });
  });

  it("leaves out what a revert among them cancels, and the revert itself", () => {
    const tally = startTally();
    const revert = tally.add(aCommit(three, [one]), patch);
    tally.add(aCommit(two), patch);
    expect(tally.add(aCommit(one), feature)).toMatchObject({ bump: "none" });
    expect(revert.bump).toBe("none");
    expect(tally.total()).toEqual({ required: "patch", deciding: [two], cancelled: 1 });
  });

  it("understands an id that is spelled short", () => {
    const tally = startTally();
    tally.add(aCommit(two, [one.slice(0, 7)]), patch);
    tally.add(aCommit(one), feature);
    expect(tally.total()).toMatchObject({ required: "none", cancelled: 1 });
  });

  it("counts a commit again whose revert was reverted", () => {
    const tally = startTally();
    tally.add(aCommit(three, [two]), patch);
    tally.add(aCommit(two, [one]), patch);
    tally.add(aCommit(one), feature);
    expect(tally.total()).toMatchObject({ required: "minor", deciding: [one] });
  });

  it("counts a revert of what was released before as the change that it is", () => {
    const tally = startTally();
    tally.add(aCommit(two, [aSha("9")]), patch);
    expect(tally.total()).toMatchObject({ required: "patch", deciding: [two] });
  });

  it("counts a revert of which only a part was among them", () => {
    const tally = startTally();
    tally.add(aCommit(two, [one, aSha("9")]), patch);
    tally.add(aCommit(one), feature);
    expect(tally.total()).toMatchObject({ required: "patch", deciding: [two] });
  });

  it.each([
    ["class", { class: "feat" }],
    ["squashed changes", { carried: [{ class: "feat", breaking: true }] }],
  ] as const)("keeps a commit that is more than a revert, by its %s, and cancels what it takes back", (_by, more) => {
    const tally = startTally();
    expect(tally.add({ ...aCommit(three, [one]), ...more }, breaking)).toEqual(breaking);
    expect(tally.add(aCommit(two), patch)).toEqual(patch);
    expect(tally.add(aCommit(one), feature)).toMatchObject({ bump: "none", why: `reverted by ${three.slice(0, 12)}` });
    expect(tally.total()).toEqual({ required: "major", deciding: [three], cancelled: 1 });
  });

  it("counts nothing of a squashed revert of one commit", () => {
    const tally = startTally();
    tally.add({ ...aCommit(two, [one]), carried: [{ class: "revert", breaking: false }] }, patch);
    tally.add(aCommit(one), feature);
    expect(tally.total()).toMatchObject({ required: "none", cancelled: 1 });
  });

  it("names twenty commits of however many", () => {
    const tally = startTally();
    for (let index = 0; index < 100; index += 1) tally.add(aCommit(String(index).padStart(40, "0")), patch);
    expect(tally.total().deciding).toHaveLength(20);
  });
});
