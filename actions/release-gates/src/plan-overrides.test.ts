import { describe, expect, it } from "vitest";
import { aCheck, anArrival, anOverride, aRecord } from "#src/testing/builders";
import { planOverrides } from "./plan-overrides.ts";

const override = anOverride({ reason: "a fix for one customer" });
const regressed = aCheck({
  id: "version-increased",
  result: "fail",
  code: override.code,
  because: "1.0.1 is below 1.1.0",
});

describe("ALL-07: the overrides of a plan", () => {
  it("are shown with who and why, and decide nothing in the collection", () => {
    const plan = anArrival(aRecord({ checks: [aCheck(), { ...regressed, override }] }));
    expect(planOverrides({ plan })).toMatchObject([
      {
        id: "override:version-increased",
        required: false,
        result: "fail",
        because: "1.0.1 is below 1.1.0; overridden by ada: a fix for one customer",
        evidence: [`${plan.artifact}@${plan.digest}`],
        override,
      },
    ]);
  });

  it("have an id each, though one code stands for several of them", () => {
    const other = { ...regressed, id: "version-increased:core", override };
    const plan = anArrival(aRecord({ checks: [{ ...regressed, override }, other] }));
    const ids = planOverrides({ plan }).map(({ id }) => id);
    expect(new Set(ids).size).toBe(2);
  });

  it("are none where a finding only stands", () => {
    expect(planOverrides({ plan: anArrival(aRecord({ checks: [regressed] })) })).toEqual([]);
  });
});
