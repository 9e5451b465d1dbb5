import type { GatePolicy } from "#src/contract/config/gates";
import { type AdmittedRecord, isRefusal, type Refusal } from "#src/domain/admission";
import { artifactName } from "#src/domain/artifact-name";
import type { EvidenceRecord } from "#src/domain/evidence";
import { type Check, conclude, decidingCode } from "#src/domain/verdict";
import type { Planned } from "#src/stage-context";
import type { LegClaim } from "./leg-claims.ts";
import type { Finding } from "./leg-report.ts";

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

const sameRelease = ["component", "tag", "version", "sha", "base"] as const;

/**
 * Judges the legs against the frozen configuration, in its order: every gate has exactly one leg, of this very plan, and
 * the leg's own finding is carried over. What no gate accounts for fails.
 */
export function judgeLegs(planned: Planned, arrivals: LegArrival[]): Collection {
  const { gates } = planned.config;
  const judged = gates.map((gate) =>
    judgeGate(
      gate,
      planned,
      arrivals.filter((one) => gateOf(one) === gate.id),
    ),
  );
  const strangers = arrivals.filter((one) => !gates.some(({ id }) => id === gateOf(one)));
  return {
    checks: [...judged.map(({ check }) => check), ...strangers.map(strangerCheck), ...configured(gates)],
    legs: judged.flatMap(({ leg }) => leg ?? []),
  };
}

function judgeGate(
  { id, title = `Gate ${id} holds`, required }: GatePolicy,
  planned: Planned,
  [first, ...rivals]: LegArrival[],
): { check: Check; leg?: AdmittedRecord } {
  const checked = (finding: Finding): Check => ({ id, title, required, ...finding });
  if (!first) {
    return { check: checked(unproven("gates.leg-missing", "expected the evidence of its leg, found none")) };
  }
  if (rivals.length > 0) {
    const names = [first, ...rivals].map(({ claim }) => claim.artifact);
    const because = `expected one leg, found ${names.length}: ${names.join(", ")}`;
    return { check: checked({ result: "fail", code: "gates.leg-doubled", because, evidence: names }) };
  }
  const { arrival, claim } = first;
  if (isRefusal(arrival)) return { check: checked(refused(arrival)) };
  const foreign = disagreement(arrival, planned);
  const evidence = [`${arrival.artifact}@${arrival.digest}`];
  if (foreign) return { check: checked({ result: "fail", code: "gates.leg-foreign", because: foreign, evidence }) };
  const finding = carryOver(arrival.record);
  const because = finding.because + attemptNote(claim);
  return { check: checked({ ...finding, because, evidence }), leg: arrival };
}

/** A record counts for the gate that it speaks of; one that cannot be read counts for the gate that its name claims. */
function gateOf({ claim, arrival }: LegArrival): string {
  return isRefusal(arrival) ? claim.gate : arrival.record.leg;
}

function refused({ artifact, code, because }: Refusal): Finding {
  return code === "all.evidence-missing"
    ? { ...unproven("gates.leg-missing", because), evidence: [artifact] }
    : { result: "fail", code, because, evidence: [artifact] };
}

function disagreement({ artifact, record }: AdmittedRecord, { release, policy, plan }: Planned): string | undefined {
  const named = artifactName("release-gates", record.leg, record.attempt);
  const pairs: [what: string, found: string | null, wanted: string | null][] = [
    ["its artifact to be named", artifact, named],
    ["stage", record.stage, "release-gates"],
    ...sameRelease.map((field): [string, string | null, string | null] => [
      field,
      record.release[field],
      release[field],
    ]),
    ["policy", record.policy, policy],
  ];
  const differing = pairs.find(([, found, wanted]) => found !== wanted);
  if (differing) return `expected ${differing[0]} ${differing[2]}, found ${differing[1]}`;
  const relied = record.consumed.some(({ digest }) => digest === plan.digest);
  return relied
    ? undefined
    : `expected a leg that relied on ${plan.artifact}@${plan.digest}, found one of another plan`;
}

/** Takes over what the leg found, after drawing its conclusion again from its checks. */
function carryOver({ leg, checks, verdict }: EvidenceRecord): Finding {
  const { result, decidedBy } = conclude(checks);
  if (result !== verdict.result) {
    const because = `expected the conclusion ${result} that its checks give, found ${verdict.result}`;
    return { result: "fail", code: "all.evidence-mismatch", because, evidence: [] };
  }
  const own = checks.find(({ id }) => id === leg);
  if (own?.result === "pass" && result === "pass") return { result: "pass", because: own.because, evidence: [] };
  if (own?.result === "fail" || own?.result === "inconclusive") {
    return { result: own.result, code: own.code ?? "gates.not-run", because: own.because, evidence: [] };
  }
  const deciding = checks.find(({ id }) => decidedBy.includes(id));
  if (result === "pass" || !deciding) return unproven("gates.not-run", "expected a finding about the gate, found none");
  return { result, code: decidingCode(checks) ?? "gates.not-run", because: deciding.because, evidence: [] };
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
    because: `expected the leg of a configured gate, found one of ${gate === "" ? "no gate" : gate}`,
    evidence: [one.claim.artifact],
  };
}

function configured(gates: GatePolicy[]): Check[] {
  if (gates.some(({ required }) => required)) return [];
  const because = `expected at least one required gate, found ${gates.length === 0 ? "no gate at all" : "advisory gates only"}`;
  const finding = unproven("gates.none-configured", because);
  return [{ id: "gates:configured", title: "At least one gate is required", required: true, ...finding }];
}

function unproven(code: "gates.leg-missing" | "gates.not-run" | "gates.none-configured", because: string): Finding {
  return { result: "inconclusive", code, because, evidence: [] };
}
