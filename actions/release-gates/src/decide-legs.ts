import { applicableGates } from "#src/contract/config/applicable-gates";
import type { ApplicableGate, GateOf } from "#src/contract/config/gates";
import { type AdmittedRecord, isRefusal, type Refusal } from "#src/domain/admission";
import { readRisk } from "#src/domain/changes/risk-document";
import { endedBeforeThePlan } from "#src/domain/ledger";
import type { Check } from "#src/domain/verdict";
import { disagreement } from "#src/leg-agreement";
import type { Planned } from "#src/stage-context";
import { carryOver, judgeRefusal } from "./judge-leg.ts";
import type { LegClaim } from "./leg-claims.ts";
import { type Finding, titleOf } from "./leg-report.ts";

/** What arrived under the name of a leg. */
export interface LegArrival {
  claim: LegClaim;
  arrival: AdmittedRecord | Refusal;
}

/** The checks of the collection, and the legs that they rest on. */
export interface Collection {
  checks: Check[];
  legs: AdmittedRecord[];
}

/**
 * Judges the legs against the frozen configuration, in its order: every gate has exactly one leg, of this very plan, and
 * the leg's own finding is carried over. A gate that is switched off has its reason instead; another may have none only on
 * the plan's word. What no gate accounts for fails.
 */
export function judgeLegs(planned: Planned, arrivals: LegArrival[]): Collection {
  const { gates } = planned.config;
  const run = applicableGates(planned.config);
  const leftOut = new Map(readRisk(planned.plan)?.gates.flatMap((one) => (one.applies ? [] : [[one.id, one.because]])));
  const judged = gates.map((gate) =>
    gate.kind === "not-applicable"
      ? { check: excused(gate) }
      : judgeGate(
          gate,
          { planned, leftOut: leftOut.get(gate.id) },
          arrivals.filter((one) => gateOf(one) === gate.id),
        ),
  );
  const strangers = arrivals.filter((one) => !run.some(({ id }) => id === gateOf(one)));
  return {
    checks: [...judged.map(({ check }) => check), ...strangers.map(strangerCheck), ...configured(run, leftOut)],
    legs: judged.flatMap((one) => ("leg" in one && one.leg) || []),
  };
}

function excused({ id, title = titleOf(id), required, reason }: GateOf<"not-applicable">): Check {
  return { id, title, required, result: "not-applicable", because: reason, evidence: ["config.json"] };
}

function judgeGate(
  { id, title = titleOf(id), required }: ApplicableGate,
  { planned, leftOut }: { planned: Planned; leftOut: string | undefined },
  [first, ...rivals]: LegArrival[],
): { check: Check; leg?: AdmittedRecord } {
  const checked = (finding: Finding): Check => ({ id, title, required, ...finding });
  if (!first && leftOut !== undefined) {
    const { artifact, digest } = planned.plan;
    const because = `the plan leaves it out: ${leftOut}`;
    const evidence = [`${artifact}@${digest}`];
    return { check: checked({ result: "not-applicable", code: "gates.not-applicable", because, evidence }) };
  }
  if (!first) {
    return { check: checked(unproven("gates.leg-missing", "expected the evidence of its leg, found none")) };
  }
  if (rivals.length > 0) {
    const names = [first, ...rivals].map(({ claim }) => claim.artifact);
    const because = `expected one leg, found ${names.length}: ${names.join(", ")}`;
    return { check: checked({ result: "fail", code: "gates.leg-doubled", because, evidence: names }) };
  }
  const { arrival, claim } = first;
  if (isRefusal(arrival)) return { check: checked(judgeRefusal(arrival)) };
  const evidence = [`${arrival.artifact}@${arrival.digest}`];
  if (endedBeforeThePlan(arrival.record)) return { check: checked({ ...carryOver(arrival.record), evidence }) };
  const foreign = disagreement(arrival, planned, "release-gates");
  if (foreign) return { check: checked({ result: "fail", code: "gates.leg-foreign", because: foreign, evidence }) };
  const finding = carryOver(arrival.record);
  const because = finding.because + attemptNote(claim);
  return { check: checked({ ...finding, because, evidence }), leg: arrival };
}

/** A record counts for the gate that it speaks of; one that cannot be read counts for the gate that its name claims. */
function gateOf({ claim, arrival }: LegArrival): string {
  return isRefusal(arrival) ? claim.gate : arrival.record.leg;
}

function attemptNote({ attempt, replaced }: LegClaim): string {
  return replaced.length === 0 ? "" : ` (attempt ${attempt}, which replaces attempt ${replaced.join(" and ")})`;
}

function strangerCheck(one: LegArrival): Check {
  const gate = gateOf(one);
  return {
    id: `leg:${one.claim.artifact}`,
    title: "Every leg belongs to a gate of the plan",
    required: true,
    result: "fail",
    code: "gates.leg-foreign",
    because: `expected the leg of a configured gate, found one of ${gate === "" ? `no gate${refusedAs(one)}` : gate}`,
    evidence: [one.claim.artifact],
  };
}

function refusedAs({ arrival }: LegArrival): string {
  return isRefusal(arrival) ? `: ${arrival.because}` : "";
}

function configured(gates: ApplicableGate[], leftOut: ReadonlyMap<string, string>): Check[] {
  const required = gates.filter((gate) => gate.required);
  if (required.some(({ id }) => !leftOut.has(id))) return [];
  const named = { id: "gates:configured", title: "At least one gate is required", required: true };
  if (required.length > 0) {
    const because = `expected a required gate that applies, found ${required.length} left out by the plan`;
    return [{ ...named, ...unproven("gates.none-applies", because) }];
  }
  const because = `expected at least one required gate, found ${gates.length === 0 ? "no gate at all" : "advisory gates only"}`;
  return [{ ...named, ...unproven("gates.none-configured", because) }];
}

function unproven(
  code: "gates.leg-missing" | "gates.none-configured" | "gates.none-applies",
  because: string,
): Finding {
  return { result: "inconclusive", code, because, evidence: [] };
}
