import { describe, expect, it } from "vitest";
import { type AdmittedRecord, recordFile } from "#src/domain/admission";
import { digestOfBytes } from "#src/domain/digest";
import type { EvidenceRecord } from "#src/domain/evidence";
import type { ReleaseIdentity } from "#src/domain/release";
import { conclude, decidingCode } from "#src/domain/verdict";
import { requirePlan, type StageContext } from "#src/stage-context";
import { aCheck, aContext, anArrival, anOverride, aRecord, aRelease, aSha } from "#src/testing/builders";
import { FakeLedgerStore } from "#src/testing/fake-ledger-store";
import { withRisk } from "#src/testing/risk-builders";
import { collectLegs } from "./collect-legs.ts";

const lint = { id: "lint", kind: "command", run: "npm run lint" };
const test = { id: "test", kind: "command", run: "npm test" };
const advisory = { ...lint, id: "audit", required: false };

/** Builds the leg of a gate as `context`'s plan would have it: passing, unless its own check says otherwise. */
function aLeg(context: StageContext, leg: string, overrides: Partial<EvidenceRecord> = {}): AdmittedRecord {
  const { plan, policy, release } = requirePlan(context);
  const checks = overrides.checks ?? [aCheck({ id: leg, because: `${leg} held` })];
  const { result, decidedBy } = conclude(checks);
  const consumed = [{ stage: "plan-release" as const, leg: "", artifact: plan.artifact, digest: plan.digest }];
  const verdict = { result, "decided-by": decidedBy };
  return anArrival(aRecord({ stage: "release-gates", leg, policy, release, consumed, verdict, ...overrides, checks }));
}

function collect(context: StageContext, store: FakeLedgerStore) {
  return collectLegs(requirePlan(context), { expected: context.expected, store, attempt: 2 });
}

describe("the collection of all gates", () => {
  it("passes when every gate has a passing leg, in the order of the configuration", async () => {
    const context = aContext({ gates: [test, lint] });
    const report = await collect(context, new FakeLedgerStore([aLeg(context, "lint"), aLeg(context, "test")]));
    expect(conclude(report.checks)).toEqual({ result: "pass", decidedBy: ["test", "lint"] });
    expect(report.checks.map(({ because }) => because)).toEqual(["test held", "lint held"]);
    expect(report.next).toBe(`Tag ${aSha()}.`);
  });

  it("ALL-02: relies on each leg by digest and carries its record along", async () => {
    const context = aContext({ gates: [lint] });
    const leg = aLeg(context, "lint");
    const { consumed, attachments = [], checks } = await collect(context, new FakeLedgerStore([leg]));
    expect(consumed?.map(({ artifact, digest }) => `${artifact}@${digest}`)).toEqual([`${leg.artifact}@${leg.digest}`]);
    expect(attachments.map(({ name }) => name)).toEqual(["legs/lint.json"]);
    expect(digestOfBytes(attachments[0]?.content ?? "")).toBe(leg.digest);
    expect(checks[0]?.evidence).toEqual([`${leg.artifact}@${leg.digest}`]);
  });

  it("is the same however the store lists the legs", async () => {
    const context = aContext({ gates: [test, lint] });
    const legs = [aLeg(context, "lint"), aLeg(context, "test"), aLeg(context, "stray")];
    const listed = await Promise.all(
      [legs, legs.toReversed()].map((order) => collect(context, new FakeLedgerStore(order))),
    );
    expect(listed[0]).toEqual(listed[1]);
  });

  it("ALL-03: is inconclusive where no gate is configured", async () => {
    const report = await collect(aContext(), new FakeLedgerStore());
    expect(conclude(report.checks).result).toBe("inconclusive");
    expect(decidingCode(report.checks)).toBe("gates.none-configured");
  });

  it("ALL-12: is inconclusive where all gates are advisory, however well they went", async () => {
    const context = aContext({ gates: [advisory] });
    const report = await collect(context, new FakeLedgerStore([aLeg(context, "audit")]));
    expect(report.checks[0]).toMatchObject({ id: "audit", result: "pass", required: false });
    expect(decidingCode(report.checks)).toBe("gates.none-configured");
  });
});

describe("ALL-15: a gate that is switched off", () => {
  const off = { id: "ui", title: "The pages are safe", kind: "not-applicable", reason: "this library has no pages" };

  it("is recorded as not applicable, with its reason, and never as passed", async () => {
    const context = aContext({ gates: [off, lint] });
    const report = await collect(context, new FakeLedgerStore([aLeg(context, "lint")]));
    expect(report.checks[0]).toMatchObject({
      id: "ui",
      result: "not-applicable",
      because: "this library has no pages",
    });
    expect(conclude(report.checks).result).toBe("pass");
  });

  it("is no required gate: with nothing else, nothing is proven", async () => {
    const report = await collect(aContext({ gates: [off] }), new FakeLedgerStore());
    expect(decidingCode(report.checks)).toBe("gates.none-configured");
  });

  it("has no leg, so that one in its name is foreign", async () => {
    const context = aContext({ gates: [off, lint] });
    const legs = [aLeg(context, "lint"), aLeg(context, "ui")];
    expect(decidingCode((await collect(context, new FakeLedgerStore(legs))).checks)).toBe("gates.leg-foreign");
  });
});

describe("ALL-07: a leg with an overridden finding", () => {
  const override = anOverride({ code: "plan.changelog-history-edited", reason: "a typo in a name" });
  const overridden = aCheck({ id: "lint", result: "fail", code: override.code, override });

  it("is carried over with its override, and passes", async () => {
    const context = aContext({ gates: [lint] });
    const report = await collect(context, new FakeLedgerStore([aLeg(context, "lint", { checks: [overridden] })]));
    expect(report.checks[0]).toMatchObject({ result: "fail", override });
    expect(conclude(report.checks).result).toBe("pass");
  });

  it("does not hide another finding of the leg", async () => {
    const context = aContext({ gates: [lint] });
    const checks = [overridden, aCheck({ id: "more", result: "fail", code: "gates.failed", because: "it broke" })];
    const report = await collect(context, new FakeLedgerStore([aLeg(context, "lint", { checks })]));
    expect(report.checks[0]).toMatchObject({ result: "fail", code: "gates.failed", because: "it broke" });
    expect(conclude(report.checks).result).toBe("fail");
  });
});

describe("GAT-02: a gate that the plan leaves out", () => {
  const gate = (id: string, applies: boolean) => ({ id, applies, because: "paths: no changed file" });
  const planned = (...gates: ReturnType<typeof gate>[]) => withRisk(aContext({ gates: [lint, test] }), { gates });

  it("is not applicable, with the plan's reason and record", async () => {
    const context = planned(gate("lint", true), gate("test", false));
    const { plan } = requirePlan(context);
    const report = await collect(context, new FakeLedgerStore([aLeg(context, "lint")]));
    expect(conclude(report.checks).result).toBe("pass");
    expect(report.checks[1]).toMatchObject({
      id: "test",
      result: "not-applicable",
      code: "gates.not-applicable",
      because: "the plan leaves it out: paths: no changed file",
      evidence: [`${plan.artifact}@${plan.digest}`],
    });
  });

  it("is judged where it ran although", async () => {
    const context = planned(gate("lint", true), gate("test", false));
    const failed = [aCheck({ id: "test", result: "fail", code: "gates.failed" })];
    const report = await collect(
      context,
      new FakeLedgerStore([aLeg(context, "lint"), aLeg(context, "test", { checks: failed })]),
    );
    expect(decidingCode(report.checks)).toBe("gates.failed");
  });

  it("is no excuse for another gate without evidence, and none where the plan says nothing of it", async () => {
    for (const context of [planned(gate("lint", true), gate("test", false)), planned(gate("lint", false))]) {
      const report = await collect(context, new FakeLedgerStore());
      expect(decidingCode(report.checks)).toBe("gates.leg-missing");
    }
  });

  it("leaves the release unproven where every required gate is left out", async () => {
    const report = await collect(planned(gate("lint", false), gate("test", false)), new FakeLedgerStore());
    expect(conclude(report.checks).result).toBe("inconclusive");
    expect(decidingCode(report.checks)).toBe("gates.none-applies");
  });
});

describe("a leg", () => {
  const context = aContext({ gates: [lint, test] });
  const lintHeld = aLeg(context, "lint");

  async function checkOfTest(...arrivals: AdmittedRecord[]) {
    const report = await collect(context, new FakeLedgerStore([lintHeld, ...arrivals]));
    return report.checks.find(({ id }) => id === "test");
  }

  it("that is missing is inconclusive", async () => {
    expect(await checkOfTest()).toMatchObject({ result: "inconclusive", code: "gates.leg-missing" });
  });

  it("that failed is carried over with its own code", async () => {
    const failed = aCheck({ id: "test", result: "fail", code: "gates.failed", because: "exit 1" });
    expect(await checkOfTest(aLeg(context, "test", { checks: [failed] }))).toMatchObject({
      result: "fail",
      code: "gates.failed",
      because: "exit 1",
    });
  });

  it("that crashed is carried over with the code of the crash", async () => {
    const crashed = aCheck({
      id: "completed",
      result: "inconclusive",
      code: "all.upstream-unreachable",
      because: "HTTP 502",
    });
    expect(await checkOfTest(aLeg(context, "test", { checks: [crashed] }))).toMatchObject({
      result: "inconclusive",
      code: "all.upstream-unreachable",
      because: "HTTP 502",
    });
  });

  it("that broke off before it could read the plan is carried over, and not relied on", async () => {
    const checks = [
      aCheck({ id: "completed", result: "inconclusive", code: "all.evidence-missing", because: "no plan" }),
    ];
    const release = aRelease({ tag: null, version: null, base: null });
    const leg = aLeg(context, "test", { checks, release, policy: null, consumed: [] });
    const report = await collect(context, new FakeLedgerStore([lintHeld, leg]));
    expect(report.checks[1]).toMatchObject({
      result: "inconclusive",
      code: "all.evidence-missing",
      because: "no plan",
    });
    expect(report.consumed?.map(({ artifact }) => artifact)).toEqual([lintHeld.artifact]);
  });

  it("that claims to have passed without having read the plan is foreign", async () => {
    const release = aRelease({ tag: null, version: null, base: null });
    expect(await checkOfTest(aLeg(context, "test", { release, policy: null, consumed: [] }))).toMatchObject({
      result: "fail",
      code: "gates.leg-foreign",
    });
  });

  it("that passes without a finding about its gate proves nothing", async () => {
    expect(await checkOfTest(aLeg(context, "test", { checks: [aCheck({ id: "other" })] }))).toMatchObject({
      result: "inconclusive",
      code: "gates.not-run",
    });
  });

  it("whose conclusion is not that of its checks is refused", async () => {
    const checks = [aCheck({ id: "test", result: "fail", code: "gates.failed" })];
    const verdict = { result: "pass" as const, "decided-by": ["test"] };
    expect(await checkOfTest(aLeg(context, "test", { checks, verdict }))).toMatchObject({
      result: "fail",
      code: "all.evidence-mismatch",
    });
  });

  it("that was run again counts by its newest attempt, and says so", async () => {
    const first = aLeg(context, "test", { checks: [aCheck({ id: "test", result: "fail", code: "gates.failed" })] });
    expect(await checkOfTest(first, aLeg(context, "test", { attempt: 2 }))).toMatchObject({
      result: "pass",
      because: "test held (attempt 2, which replaces attempt 1)",
    });
  });

  it("that passed once and failed when run again fails", async () => {
    const checks = [aCheck({ id: "test", result: "fail", code: "gates.failed" })];
    const again = aLeg(context, "test", { attempt: 2, checks });
    expect(await checkOfTest(aLeg(context, "test"), again)).toMatchObject({ result: "fail", code: "gates.failed" });
  });

  it("of an attempt that the run has not reached is refused, and the real one stays its gate's", async () => {
    const checks = [aCheck({ id: "test", result: "fail", code: "gates.failed" })];
    const forged = aLeg(context, "test", { attempt: 99 });
    const report = await collect(context, new FakeLedgerStore([lintHeld, aLeg(context, "test", { checks }), forged]));
    expect(report.checks[1]).toMatchObject({ id: "test", result: "fail", code: "gates.failed" });
    const refused = report.checks.find(({ id }) => id === `leg:${forged.artifact}`);
    expect(refused).toMatchObject({ required: true, result: "fail", code: "gates.leg-foreign" });
    expect(refused?.because).toContain("found attempt 99");
  });

  it("that is there twice is refused, and neither record is relied on", async () => {
    const leg = aLeg(context, "test");
    const store = new FakeLedgerStore([lintHeld, leg]);
    store.put(leg, "seaworthy-release-gates-copy-1");
    const report = await collect(context, store);
    expect(decidingCode(report.checks)).toBe("gates.leg-doubled");
    expect(report.consumed?.map(({ artifact }) => artifact)).toEqual([lintHeld.artifact]);
  });

  it("whose artifact stands twice in the run is refused", async () => {
    class Doubling extends FakeLedgerStore {
      override async list() {
        const names = await super.list();
        return [...names, ...names];
      }
    }
    const report = await collect(context, new Doubling([lintHeld, aLeg(context, "test")]));
    expect(report.checks.map(({ code }) => code)).toEqual(["gates.leg-doubled", "gates.leg-doubled"]);
  });

  it.each([
    ["another commit", { release: aRelease({ sha: aSha("b") }) }],
    ["another tag", { release: aRelease({ tag: "v9.9.9" }) }],
    ["another version", { release: aRelease({ version: "9.9.9" }) }],
    ["another base", { release: aRelease({ base: null }) }],
    ["another configuration", { policy: digestOfBytes("other") }],
    ["another plan", { consumed: [] }],
  ] satisfies [string, Partial<EvidenceRecord>][])("of %s is foreign", async (_what, overrides) => {
    const report = await collect(context, new FakeLedgerStore([lintHeld, aLeg(context, "test", overrides)]));
    expect(report.checks[1]).toMatchObject({ id: "test", result: "fail", code: "gates.leg-foreign" });
    expect(report.consumed?.map(({ artifact }) => artifact)).toEqual([lintHeld.artifact]);
  });

  it.each([
    ["mode", { mode: "rehearsal" }],
    ["repository", { repository: "octo/other" }],
  ] satisfies [string, Partial<ReleaseIdentity>][])("of another %s is not admitted", async (what, release) => {
    const check = await checkOfTest(aLeg(context, "test", { release: aRelease(release) }));
    expect(check).toMatchObject({ result: "fail", code: "all.evidence-mismatch" });
    expect(check?.because).toContain(`expected ${what}`);
  });

  it("under the name of another gate is foreign", async () => {
    const store = new FakeLedgerStore([lintHeld]);
    store.put(aLeg(context, "test"), "seaworthy-release-gates-other-1");
    const report = await collect(context, store);
    expect(report.checks[1]).toMatchObject({ id: "test", result: "fail", code: "gates.leg-foreign" });
  });

  it("of a gate that the plan does not know is refused, although all others passed", async () => {
    const report = await collect(
      context,
      new FakeLedgerStore([lintHeld, aLeg(context, "test"), aLeg(context, "extra")]),
    );
    expect(conclude(report.checks)).toEqual({ result: "fail", decidedBy: ["leg:seaworthy-release-gates-extra-1"] });
    expect(decidingCode(report.checks)).toBe("gates.leg-foreign");
  });

  it.each([
    ["whose bytes were altered in the store", "altered", "all.evidence-mismatch"],
    ["without a record", new Map(), "gates.leg-missing"],
    ["whose record is no record", new Map([[recordFile, new TextEncoder().encode("{}")]]), "all.evidence-mismatch"],
  ] as const)("%s is refused", async (_what, files, code) => {
    const store = new FakeLedgerStore([lintHeld]);
    store.artifacts.set("seaworthy-release-gates-test-1", files === "altered" ? files : new Map(files));
    const report = await collect(context, store);
    expect(report.checks[1]).toMatchObject({ id: "test", code });
    expect(conclude(report.checks).result).not.toBe("pass");
  });
});

describe("ALL-12: an advisory gate", () => {
  const context = aContext({ gates: [lint, advisory] });

  it("that failed is reported and does not decide", async () => {
    const failed = aCheck({ id: "audit", required: false, result: "fail", code: "gates.failed", because: "exit 1" });
    const legs = [
      aLeg(context, "lint"),
      aLeg(context, "audit", { checks: [failed, aCheck({ id: "audit:reported" })] }),
    ];
    const report = await collect(context, new FakeLedgerStore(legs));
    expect(conclude(report.checks)).toEqual({ result: "pass", decidedBy: ["lint"] });
    expect(report.checks[1]).toMatchObject({ id: "audit", required: false, result: "fail", code: "gates.failed" });
  });

  it("whose leg is missing is reported and does not decide", async () => {
    const report = await collect(context, new FakeLedgerStore([aLeg(context, "lint")]));
    expect(conclude(report.checks).result).toBe("pass");
    expect(report.checks[1]).toMatchObject({ id: "audit", required: false, code: "gates.leg-missing" });
  });
});
