import { describe, expect, it } from "vitest";
import { type Check, conclude } from "#src/domain/verdict";
import { aCheck, anArrival, anOverride, aRecord } from "#src/testing/builders";
import { judgePlanned } from "./planned-gate.ts";

const plan = (...checks: Partial<Check>[]) => anArrival(aRecord({ checks: checks.map(aCheck) }));
const section = { id: "changelog-section" };
const unsure = { id: "changelog-heading", result: "inconclusive", code: "plan.remote-unknown" } as const;
const wrong = { id: "changelog-finalized", result: "fail", code: "plan.version-unparseable", required: false } as const;

const override = anOverride({ code: "plan.changelog-history-edited", reason: "a typo in a name" });
const overridden = { id: "changelog-history", result: "fail", code: override.code, override } as const;

describe("ALL-07: a gate that stands on what a person overrode", () => {
  it("fails as the plan did, and bears the override, so that it does not decide", () => {
    const finding = judgePlanned("changelog", plan(section, overridden));
    expect(finding).toMatchObject({ result: "fail", code: override.code, override });
    expect(conclude([aCheck(finding)]).result).toBe("pass");
  });

  it("is not excused from anything else", () => {
    const finding = judgePlanned("changelog", plan(section, overridden, unsure));
    expect(finding).toMatchObject({ result: "inconclusive", code: "plan.remote-unknown" });
    expect(finding.override).toBeUndefined();
  });
});

describe("a gate that stands on the plan", () => {
  it.each([
    ["passes by the plan's check", "lockstep", plan({ id: "version-lockstep" }), "pass", undefined],
    ["passes when all of several passed", "changelog", plan(section), "pass", undefined],
    [
      "fails by one, advisory or not, before a doubt",
      "changelog",
      plan(section, unsure, wrong),
      "fail",
      "plan.version-unparseable",
    ],
    ["doubts what the plan doubted", "changelog", plan(section, unsure), "inconclusive", "plan.remote-unknown"],
    [
      "is inconclusive when the plan never asked",
      "lockstep",
      plan({ id: "version-lock" }),
      "inconclusive",
      "gates.plan-check-missing",
    ],
    [
      "is inconclusive when the question did not arise",
      "changelog",
      plan({ ...section, result: "not-applicable", code: "plan.version-unchanged" }),
      "inconclusive",
      "gates.plan-check-missing",
    ],
  ] as const)("%s", (_rule, kind, record, result, code) => {
    const finding = judgePlanned(kind, record);
    expect([finding.result, finding.code]).toEqual([result, code]);
    expect(finding.evidence).toEqual([`${record.artifact}@${record.digest}`]);
  });
});
