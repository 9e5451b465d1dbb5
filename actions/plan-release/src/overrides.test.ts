import { describe, expect, it } from "vitest";
import { catalogue, isCode } from "#src/domain/catalogue";
import { conclude, decidingCode } from "#src/domain/verdict";
import { aCheck } from "#src/testing/builders";
import { applyOverrides } from "./overrides.ts";

const now = new Date("2026-01-01T12:00:00.500Z");
const reason = "a fix for the one customer on 1.0";
const regressed = aCheck({ id: "version-increased", result: "fail", code: "plan.version-regressed" });
const edited = aCheck({ id: "changelog-history", result: "fail", code: "plan.changelog-history-edited" });
const dirty = aCheck({ id: "tree-clean", result: "fail", code: "plan.tree-dirty" });

function asked(text: string, checks = [aCheck(), regressed], { approvals = ["release-board"], actor = "ada" } = {}) {
  return applyOverrides(checks, { text, actor, now, approvals });
}

describe("ALL-07: an override", () => {
  it("PLN-26 PLN-56: leaves the finding what it is, and bears code, actor, UTC time and reason", () => {
    const checks = asked(`plan.version-regressed: ${reason}\nplan.changelog-history-edited : a typo in a name\n`, [
      aCheck(),
      regressed,
      edited,
    ]);
    expect(checks[1]).toEqual({
      ...regressed,
      override: { code: "plan.version-regressed", actor: "ada", at: "2026-01-01T12:00:00Z", reason },
    });
    expect(checks[2]).toMatchObject({ result: "fail", override: { reason: "a typo in a name" } });
    expect(checks.at(-1)).toMatchObject({ id: "overrides", result: "pass" });
    expect(checks.at(-1)?.because).toContain("if release-board approves");
    expect(conclude(checks).result).toBe("pass");
  });

  it("is no question where none is asked for", () => {
    expect(asked("\n  \n")).toEqual([aCheck(), regressed]);
  });

  it("answers its own finding alone: another one still decides", () => {
    const checks = asked(`plan.version-regressed: ${reason}`, [regressed, dirty]);
    expect(decidingCode(checks)).toBe("plan.tree-dirty");
  });

  it.each([
    ["without a reason", "plan.version-regressed", "all.override-invalid"],
    ["with a reason of nine characters", "plan.version-regressed: 123456789", "all.override-invalid"],
    [
      "that stands there twice",
      `plan.version-regressed: ${reason}\nplan.version-regressed: ${reason}`,
      "all.override-invalid",
    ],
    ["of what was not found", `plan.changelog-history-edited: ${reason}`, "all.override-invalid"],
    ["of an unknown code", `plan.anything: ${reason}`, "all.override-refused"],
    ["of another stage's finding", `watch.no-data: ${reason}`, "all.override-refused"],
  ])("%s blocks, and nothing is overridden", (_case, text, code) => {
    const checks = asked(text);
    expect(checks[0]).toMatchObject({ id: "overrides", result: "fail", code });
    expect(checks.some(({ override }) => override)).toBe(false);
  });

  it("with a reason of ten characters is enough", () => {
    expect(conclude(asked("plan.version-regressed: 1234567890")).result).toBe("pass");
  });

  it("of an advisory finding overrides nothing", () => {
    const checks = asked(`plan.version-regressed: ${reason}`, [aCheck(), { ...regressed, required: false }]);
    expect(decidingCode(checks)).toBe("all.override-invalid");
  });

  it("is refused where nobody would approve", () => {
    const checks = asked(`plan.version-regressed: ${reason}`, [aCheck(), regressed], { approvals: [] });
    expect(checks[0]).toMatchObject({ result: "fail", code: "all.override-refused" });
    expect(checks.some(({ override }) => override)).toBe(false);
  });

  it("GAT-54: is refused where automation started the run, as no person answers for it", () => {
    const checks = asked(`plan.version-regressed: ${reason}`, undefined, { actor: "harbour[bot]" });
    expect(checks[0]).toMatchObject({ id: "overrides", result: "fail", code: "all.override-refused" });
    expect(checks.some(({ override }) => override)).toBe(false);
  });

  it("of a code that several checks found is not taken for all of them, but for those that its lines name", () => {
    const core = { ...regressed, id: "version-increased:core" };
    const all = asked(`plan.version-regressed: ${reason}`, [regressed, core]);
    expect(all[0]).toMatchObject({ result: "fail", code: "all.override-invalid" });
    expect(all[0]?.because).toContain("`plan.version-regressed(version-increased:core): reason`");
    expect(all.some(({ override }) => override)).toBe(false);
    const one = asked(`plan.version-regressed(version-increased:core): ${reason}`, [regressed, core]);
    expect(one.map(({ override }) => override !== undefined)).toEqual([false, true, false]);
    expect(one.at(-1)?.because).toContain("plan.version-regressed of version-increased:core by ada");
    expect(decidingCode(one)).toBe("plan.version-regressed");
    const both = `plan.version-regressed(version-increased): ${reason}\nplan.version-regressed(version-increased:core): ${reason}`;
    expect(conclude(asked(both, [regressed, core])).result).toBe("pass");
  });

  it("of a check that did not find the code blocks", () => {
    const checks = asked(`plan.version-regressed(tree-clean): ${reason}`, [regressed, dirty]);
    expect(checks[0]).toMatchObject({ id: "overrides", code: "all.override-invalid" });
  });

  it("of one finding is not taken where another one is refused", () => {
    const checks = asked(`plan.version-regressed: ${reason}\nplan.tree-dirty: ${reason}`, [regressed, dirty]);
    expect(checks.some(({ override }) => override)).toBe(false);
  });

  const closed = Object.keys(catalogue).filter((code) => isCode(code) && !catalogue[code].overridable);
  it.each(closed)("of %s is refused", (code) => {
    if (!isCode(code)) throw new Error(code);
    const found = aCheck({ id: "found", result: "fail", code });
    const checks = asked(`${code}: ${reason}`, [aCheck(), found]);
    expect(conclude(checks).result).toBe("fail");
    expect(checks.some(({ override }) => override)).toBe(false);
  });
});
