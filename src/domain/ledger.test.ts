import { describe, expect, it } from "vitest";
import { anArrival, aRecord, aRelease, aSha } from "#src/testing/builders";
import { brokenLinks, joinLedger, nameOf, recordOf } from "./ledger.ts";

const plan = anArrival(aRecord());
const tag = anArrival(
  aRecord({
    stage: "auto-tag",
    consumed: [{ stage: "plan-release", leg: "", artifact: plan.artifact, digest: plan.digest }],
  }),
);

describe("a ledger", () => {
  it("finds a record by stage and leg", () => {
    const ledger = joinLedger([plan, tag], []);
    expect(recordOf(ledger, "auto-tag")).toBe(tag);
    expect(recordOf(ledger, "smoke-test")).toBeUndefined();
  });

  it("takes the newest attempt of a stage", () => {
    const second = anArrival(aRecord({ attempt: 2 }));
    expect(joinLedger([plan, second], [])).toEqual({ admitted: [second], refused: [] });
  });

  it("refuses two records of one stage, leg and attempt", () => {
    const rival = { ...anArrival(aRecord({ next: "Other." })), artifact: "seaworthy-plan-release-1-copy" };
    const { admitted, refused } = joinLedger([plan, rival], []);
    expect(admitted).toEqual([]);
    expect(refused.map(({ code }) => code)).toEqual(["all.evidence-doubled", "all.evidence-doubled"]);
  });

  it.each([
    ["tag", aRelease({ tag: "v9.9.9" })],
    ["version", aRelease({ version: "9.9.9" })],
    ["sha", aRelease({ sha: aSha("b") })],
    ["base", aRelease({ base: "v0.9.0" })],
  ])("refuses a record whose %s is not the planned one", (_field, release) => {
    const { refused } = joinLedger([plan, anArrival(aRecord({ stage: "auto-tag", release }))], []);
    expect(refused).toMatchObject([{ artifact: "seaworthy-auto-tag-1", code: "all.evidence-mismatch" }]);
  });

  describe("a stage that ended before it had read the plan", () => {
    const release = aRelease({ tag: null, version: null, base: null, sha: aSha("b") });
    const interrupted = { stage: "smoke-test" as const, release, consumed: [], effects: [] };
    const red = { result: "inconclusive" as const, "decided-by": ["completed"] };

    it("counts with its own reason", () => {
      const arrival = anArrival(aRecord({ ...interrupted, verdict: red }));
      expect(joinLedger([plan, arrival], [])).toEqual({ admitted: [plan, arrival], refused: [] });
    });

    it.each([
      ["passed", { verdict: { result: "pass" as const, "decided-by": ["completed"] } }],
      ["relied on a record", { verdict: red, consumed: tag.record.consumed }],
      [
        "wrote",
        {
          verdict: red,
          effects: [{ kind: "tag", target: "v1", precondition: "absent", wanted: "x", state: "done" as const }],
        },
      ],
    ])("is refused where it %s", (_what, overrides) => {
      const arrival = anArrival(aRecord({ ...interrupted, ...overrides }));
      expect(joinLedger([plan, arrival], []).refused).toMatchObject([{ code: "all.evidence-mismatch" }]);
    });
  });

  it("has no broken link when each consumed digest is there", () => {
    expect(brokenLinks(joinLedger([plan, tag], []))).toEqual([]);
  });

  it("names a link that leads nowhere", () => {
    expect(brokenLinks(joinLedger([tag], []))).toEqual([
      `auto-tag relied on ${plan.artifact}@${plan.digest}, which is not in the ledger`,
    ]);
  });

  it("names a leg after its stage", () => {
    expect(nameOf({ stage: "release-gates", leg: "tests" })).toBe("release-gates/tests");
  });
});
