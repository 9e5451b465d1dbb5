import type { ApplicableGate } from "#src/contract/config/gates";
import { type Code, catalogue } from "#src/domain/catalogue";
import type { StageReport } from "#src/domain/report";
import type { Check } from "#src/domain/verdict";

/** What was found about a gate. A finding that is not a pass carries its code. */
export type Finding = Pick<Check, "result" | "code" | "because" | "evidence">;

/** Finds that a gate could not be judged, and why. */
export function doubt(code: Code, because: string): Finding {
  return { result: "inconclusive", code, because, evidence: [] };
}

/**
 * Reports a leg: one check that bears the gate's id. An advisory gate does not decide, so its leg passes by having
 * reported; the finding itself stays what it is.
 */
export function legReport(
  policy: ApplicableGate,
  finding: Finding,
  rest: Pick<StageReport, "attachments" | "summary"> = {},
): StageReport {
  const { id, title = titleOf(id), required } = policy;
  return {
    ...rest,
    leg: id,
    checks: [{ id, title, required, ...finding }, ...(required ? [] : [advisoryReported(id)])],
    next: finding.code ? catalogue[finding.code].remedy : "Collect the legs of all gates.",
  };
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
