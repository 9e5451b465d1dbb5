import type { Refusal } from "#src/domain/admission";
import type { EvidenceRecord } from "#src/domain/evidence";
import { isOverridden } from "#src/domain/override";
import { conclude, decidingCode } from "#src/domain/verdict";
import type { Finding } from "./leg-report.ts";

/** Tells what was found about a leg that was not admitted: nothing at all counts as missing, all else as refused. */
export function judgeRefusal({ artifact, code, because }: Refusal): Finding {
  return code === "all.evidence-missing"
    ? { result: "inconclusive", code: "gates.leg-missing", because, evidence: [artifact] }
    : { result: "fail", code, because, evidence: [artifact] };
}

/** Takes over what the leg found; its admission has drawn its conclusion again from its checks. */
export function carryOver({ leg, checks }: EvidenceRecord): Finding {
  const { result, decidedBy } = conclude(checks);
  const own = checks.find(({ id }) => id === leg);
  if (own?.result === "pass" && result === "pass") return { result: "pass", because: own.because, evidence: [] };
  const hides = own !== undefined && isOverridden(own) && result !== "pass";
  if (!hides && (own?.result === "fail" || own?.result === "inconclusive")) {
    const { result: found, code = "gates.not-run", because, override } = own;
    return { result: found, code, because, evidence: [], ...(override ? { override } : {}) };
  }
  const deciding = checks.find(({ id }) => decidedBy.includes(id));
  if (result === "pass" || !deciding) {
    const because = "expected a finding about the gate, found none";
    return { result: "inconclusive", code: "gates.not-run", because, evidence: [] };
  }
  return { result, code: decidingCode(checks) ?? "gates.not-run", because: deciding.because, evidence: [] };
}
