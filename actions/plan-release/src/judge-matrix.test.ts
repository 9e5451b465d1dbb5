import { describe, expect, it } from "vitest";
import { configSchema } from "#src/contract/config/schema";
import { checkOf } from "./testing/plan-facts.ts";

const gates = (count: number) =>
  configSchema.parse({
    gates: Array.from({ length: count }, (_, at) => ({ id: `gate-${at}x`, kind: "command", run: "npm test" })),
  }).gates;

describe("ALL-03: a plan with many gates", () => {
  it("is not asked whether they fit as long as one matrix takes them", () => {
    expect(checkOf({ policy: { gates: gates(256) } }, "gates-fit")).toBeUndefined();
  });

  it("is refused with one more than a matrix takes, as GitHub would run none of them", () => {
    const because = "expected at most 256 gates that apply, found 257";
    const refused = { result: "fail", code: "plan.gates-too-many", because };
    expect(checkOf({ policy: { gates: gates(257) } }, "gates-fit")).toMatchObject(refused);
  });

  it("counts none that is switched off", () => {
    const off = { id: "off", kind: "not-applicable", reason: "the library has no such part" };
    const { gates: all } = configSchema.parse({ gates: [...gates(256), off] });
    expect(checkOf({ policy: { gates: all } }, "gates-fit")).toBeUndefined();
  });
});
