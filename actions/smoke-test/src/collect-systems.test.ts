import { describe, expect, it } from "vitest";
import type { AdmittedRecord } from "#src/domain/admission";
import type { EvidenceRecord } from "#src/domain/evidence";
import { conclude } from "#src/domain/verdict";
import { requirePlan } from "#src/stage-context";
import { aCheck, aContext, anArrival, aRecord } from "#src/testing/builders";
import { FakeLedgerStore } from "#src/testing/fake-ledger-store";
import { collectSystems } from "./collect-systems.ts";
import { codesOf } from "./testing/smoke-stage.ts";

const both = ["ubuntu-latest", "macos-14"];
const context = (systems = both) => aContext({ smoke: { systems } });

function aLeg(system: string, overrides: Partial<EvidenceRecord> = {}): AdmittedRecord {
  const { plan, policy, release } = requirePlan(context());
  const checks = overrides.checks ?? [aCheck({ id: "scenario-one" })];
  const { result, decidedBy } = conclude(checks);
  const consumed = [{ stage: "plan-release" as const, leg: "", artifact: plan.artifact, digest: plan.digest }];
  const verdict = { result, "decided-by": decidedBy };
  return anArrival(
    aRecord({ stage: "smoke-test", leg: system, policy, release, consumed, verdict, ...overrides, checks }),
  );
}

async function collect(legs: AdmittedRecord[], systems = both, attempt = 1) {
  const ports = { store: new FakeLedgerStore(legs), attempt };
  const report = await collectSystems(requirePlan(context(systems)), context(systems), ports);
  return { ...report, result: conclude(report.checks).result, codes: report.checks.flatMap(({ code }) => code ?? []) };
}

describe("the systems of a smoke test", () => {
  it("hold together where each has a record that passed, and the records are handed on", async () => {
    const legs = both.map((system) => aLeg(system));
    const { result, outputs, consumed } = await collect(legs);
    expect(result).toBe("pass");
    expect(outputs?.legs?.split("\n").sort()).toEqual(
      legs.map(({ artifact, digest }) => `${artifact}@${digest}`).sort(),
    );
    expect(consumed).toHaveLength(2);
  });

  const failed = aCheck({ result: "fail", code: "smoke.case-failed", because: "boom" });
  it.each([
    ["one left no record", [aLeg("macos-14")], "inconclusive", "smoke.system-missing"],
    ["none left any", [], "inconclusive", "smoke.system-missing"],
    ["one failed", [aLeg("macos-14"), aLeg("ubuntu-latest", { checks: [failed] })], "fail", "smoke.case-failed"],
    ["one was not asked for", [...both, "windows-2025"].map((one) => aLeg(one)), "fail", "smoke.system-unknown"],
    [
      "one speaks of another policy",
      [aLeg("macos-14"), aLeg("ubuntu-latest", { policy: `sha256:${"0".repeat(64)}` })],
      "fail",
      "all.evidence-mismatch",
    ],
    [
      "one relied on another plan",
      [aLeg("macos-14"), aLeg("ubuntu-latest", { consumed: [] })],
      "fail",
      "all.evidence-mismatch",
    ],
  ] as const)("SMK-04: block where %s", async (_rule, legs, result, code) => {
    const found = await collect([...legs]);
    expect([found.result, found.codes]).toEqual([result, expect.arrayContaining([code])]);
  });

  it("count by their newest attempt, up to this one", async () => {
    const red = aLeg("macos-14", { checks: [failed] });
    const green = aLeg("macos-14", { attempt: 2 });
    const legs = [red, green, aLeg("ubuntu-latest")];
    expect((await collect(legs, both, 2)).result).toBe("pass");
    expect((await collect(legs, both, 1)).result).toBe("fail");
  });

  it("are none to collect where the configuration names none", async () => {
    expect((await collect([], [])).codes).toEqual(["smoke.system-unknown"]);
  });

  it.each([
    ["of a system that nobody named", { system: "macos-14" }, []],
    ["of no system where some are named", {}, both],
  ])("refuse a job %s", async (_rule, given, systems) => {
    expect((await codesOf({ given, smoke: { systems } }))[0]).toBe("smoke.system-unknown");
  });

  it("take a job of one of them", async () => {
    expect(await codesOf({ given: { system: "macos-14" }, smoke: { systems: both } })).toEqual([]);
  });
});
