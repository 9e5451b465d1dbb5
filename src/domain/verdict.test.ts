import { describe, expect, it } from "vitest";
import { aCheck } from "#src/testing/builders";
import { type Check, conclude, decidingCode, standingAgainst } from "./verdict.ts";

const failing = aCheck({ id: "bad", result: "fail", code: "all.tool-missing" });
const unproven = aCheck({ id: "unsure", result: "inconclusive", code: "all.not-run" });
const exempt = aCheck({ id: "exempt", result: "not-applicable" });

describe("ALL-03: a stage concludes", () => {
  const rows: [rule: string, checks: Check[], result: string, decidedBy: string[]][] = [
    ["pass when every required check passes", [aCheck()], "pass", ["one"]],
    ["pass when the rest is not applicable", [aCheck(), exempt], "pass", ["one", "exempt"]],
    ["pass when all is not applicable, for a stated reason", [exempt], "pass", ["exempt"]],
    ["fail when one required check fails", [aCheck(), failing], "fail", ["bad"]],
    ["fail before inconclusive", [unproven, failing], "fail", ["bad"]],
    ["inconclusive when one required check is unproven", [aCheck(), unproven], "inconclusive", ["unsure"]],
    ["inconclusive when nothing was checked", [], "inconclusive", []],
    ["inconclusive when only advisory checks ran", [aCheck({ required: false })], "inconclusive", []],
    ["pass although an advisory check fails", [aCheck(), { ...failing, required: false }], "pass", ["one"]],
  ];
  it.each(rows)("%s", (_rule, checks, result, decidedBy) => {
    expect(conclude(checks)).toEqual({ result, decidedBy });
  });
});

describe("the deciding code", () => {
  it("is absent after a pass", () => {
    expect(decidingCode([aCheck()])).toBeUndefined();
  });

  it("is the first failing check's, not an earlier inconclusive one's", () => {
    expect(decidingCode([unproven, failing])).toBe("all.tool-missing");
  });

  it("is all.not-run when nothing was checked", () => {
    expect(decidingCode([])).toBe("all.not-run");
  });
});

describe("ALL-03 ALL-04: what stands against a pass", () => {
  it("is each required failure, and behind the failures each doubt, so that none hides another", () => {
    const advisory = { ...failing, id: "advisory", required: false };
    expect(standingAgainst([unproven, aCheck(), failing, advisory, exempt])).toEqual([failing, unproven]);
  });
});
