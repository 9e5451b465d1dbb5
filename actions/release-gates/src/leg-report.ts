import type { ApplicableGate } from "#src/contract/config/gates";
import { failureCodes } from "#src/contract/config/gates/fails-as";
import { type Code, catalogue } from "#src/domain/catalogue";
import type { StageReport } from "#src/domain/report";
import type { Check } from "#src/domain/verdict";

/** What was found about a gate. A finding that is not a pass carries its code. */
export type Finding = Pick<Check, "result" | "code" | "because" | "evidence" | "override">;

/** Finds that a gate could not be judged, and why. */
export function doubt(code: Code, because: string): Finding {
  return { result: "inconclusive", code, because, evidence: [] };
}

/** What a leg tells besides its finding. */
export interface LegDetails extends Pick<StageReport, "attachments" | "summary"> {
  /** Checks of the gate's parts. */
  parts?: Check[];
}

/**
 * Reports a leg: one check that bears the gate's id, and those of its parts. An advisory gate does not decide, so its leg
 * passes by having reported; the finding itself stays what it is.
 */
export function legReport(policy: ApplicableGate, found: Finding, details: LegDetails = {}): StageReport {
  const { id, title = titleOf(id), required } = policy;
  const { parts = [], ...rest } = details;
  const finding = named(found, policy["fails-as"]);
  return {
    ...rest,
    leg: id,
    checks: [{ id, title, required, ...finding }, ...parts, ...(required ? [] : [advisoryReported(id)])],
    next: finding.code ? catalogue[finding.code].remedy : "Collect the legs of all gates.",
  };
}

/** Failures that say nothing about the question, as the gate was not in a state to ask it, and those that name it already. */
const kept: (Code | undefined)[] = [
  ...failureCodes,
  "gates.sha-mismatch",
  "gates.required-env-empty",
  "gates.self-test-failed",
  "gates.scratch-unwritable",
];

/** Names a failure by the question's own code; the kind's code stays in the evidence. */
export function named(finding: Finding, code: Code | undefined): Finding {
  if (finding.result !== "fail" || code === undefined || kept.includes(finding.code)) return finding;
  return { ...finding, code, evidence: [...finding.evidence, ...(finding.code ? [`told by ${finding.code}`] : [])] };
}

/** The sentence of a gate that has none of its own. */
export function titleOf(id: string): string {
  return `Gate ${id} holds`;
}

function advisoryReported(id: string): Check {
  return {
    id: `${id}:reported`,
    title: "The advisory gate has reported",
    required: true,
    result: "pass",
    because: "its finding is on record; it never decides",
    evidence: [],
  };
}
