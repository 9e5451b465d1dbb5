import { describe, expect, it } from "vitest";
import { catalogue, isCode } from "#src/domain/catalogue";
import { recordSchema } from "#src/domain/evidence";
import { isOverridden } from "#src/domain/override";
import { conclude, decidingCode } from "#src/domain/verdict";
import { aCheck, anOverride, aRecord } from "#src/testing/builders";

const override = anOverride();
const regressed = aCheck({ id: "increase", result: "fail", code: "plan.version-regressed", override });

describe("ALL-07: a finding that a person overrode", () => {
  it.each(["fail", "inconclusive"] as const)("that is %s does not decide, and stays what it is", (result) => {
    const check = { ...regressed, result };
    expect(conclude([aCheck(), check]).result).toBe("pass");
    expect(decidingCode([aCheck(), check])).toBeUndefined();
    expect(isOverridden(check)).toBe(true);
  });

  it("does not hide another finding", () => {
    const unsure = aCheck({ id: "unsure", result: "inconclusive", code: "all.not-run" });
    expect(conclude([regressed, unsure])).toEqual({ result: "inconclusive", decidedBy: ["unsure"] });
  });

  it("decides where the override names another code", () => {
    const other = { ...regressed, code: "plan.tree-dirty" as const };
    expect(conclude([other])).toEqual({ result: "fail", decidedBy: ["increase"] });
  });

  it("is none where it passed", () => {
    expect(isOverridden({ ...regressed, result: "pass" })).toBe(false);
  });

  it.each(Object.keys(catalogue).filter((code) => isCode(code) && !catalogue[code].overridable))(
    "decides where the catalogue does not let %s be overridden",
    (code) => {
      if (!isCode(code)) throw new Error(code);
      const check = { ...regressed, code, override: { ...override, code } };
      expect(isOverridden(check)).toBe(false);
      expect(conclude([aCheck(), check]).result).toBe("fail");
    },
  );

  it.each([
    ["without an actor", { ...override, actor: "" }],
    ["with a reason of nine characters", { ...override, reason: "123456789" }],
    ["without the time in UTC", { ...override, at: "2026-01-01T12:00:00+01:00" }],
    ["of an unknown code", { ...override, code: "plan.anything" }],
  ])("%s is no record", (_case, broken) => {
    const record = aRecord();
    expect(recordSchema.safeParse(record).success).toBe(true);
    expect(recordSchema.safeParse({ ...record, checks: [{ ...regressed, override: broken }] }).success).toBe(false);
  });
});
