import { describe, expect, it } from "vitest";
import { newestClaims } from "./leg-claims.ts";

describe("the artifacts of a run", () => {
  it("are legs by their name; a collector, other stages and other artifacts are none", () => {
    const names = ["seaworthy-release-gates-1", "seaworthy-plan-release-1", "dist", "seaworthy-release-gates-lint-1"];
    expect(newestClaims(names, 10).map(({ artifact }) => artifact)).toEqual(["seaworthy-release-gates-lint-1"]);
  });

  it("GAT-42: are no leg where the filing run has left them, in this attempt or an earlier one", () => {
    expect(
      newestClaims(["seaworthy-release-gates-file_blockers-1", "seaworthy-release-gates-file_blockers-2"], 2),
    ).toEqual([]);
  });

  it("tell gate and attempt, whatever hyphens and digits the gate has", () => {
    expect(newestClaims(["seaworthy-release-gates-node-24x-12"], 12)).toEqual([
      { artifact: "seaworthy-release-gates-node-24x-12", gate: "node-24x", attempt: 12, replaced: [] },
    ]);
  });

  it("are read by the newest attempt of each leg, counted as numbers", () => {
    const names = [9, 10, 2].map((attempt) => `seaworthy-release-gates-lint-${attempt}`);
    expect(newestClaims(names, 10)).toMatchObject([{ attempt: 10, replaced: [2, 9] }]);
  });

  it("stand twice when their name does", () => {
    const name = "seaworthy-release-gates-lint-1";
    expect(newestClaims([name, name], 1)).toHaveLength(2);
  });

  it("are replaced by none that claims an attempt which the run has not reached", () => {
    const names = ["seaworthy-release-gates-tests-1", "seaworthy-release-gates-tests-99"];
    expect(newestClaims(names, 1)).toMatchObject([
      { gate: "tests", attempt: 1, replaced: [] },
      { gate: "", attempt: 99, replaced: [] },
    ]);
  });

  it("keep one order, however they are listed", () => {
    const names = ["b", "a", "c"].map((gate) => `seaworthy-release-gates-${gate}-1`);
    expect(newestClaims(names, 10)).toEqual(newestClaims(names.toReversed(), 10));
  });

  it("count as legs of no gate when their name has no attempt", () => {
    expect(newestClaims(["seaworthy-release-gates-odd"], 1)).toMatchObject([{ gate: "", attempt: 0 }]);
  });
});
