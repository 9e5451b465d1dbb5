import type { GateOf } from "#src/contract/config/gates";
import type { AdmittedRecord } from "#src/domain/admission";
import { approvalLeg } from "#src/domain/approval";
import { type Ledger, recordOf } from "#src/domain/ledger";
import type { Check } from "#src/domain/verdict";
import type { TaggedRelease } from "./decide.ts";

/**
 * Judges whether people agreed, where gates ask them: their answers' record is there, passed, answers every
 * required gate, and was given for this commit over the very collection that was handed over. No gate that asks, no check.
 */
export function judgeApproval(asking: GateOf<"approval">[], release: TaggedRelease, ledger: Ledger): Check[] {
  if (asking.length === 0) return [];
  const check = { id: "approved", title: "The people who are asked have approved", required: true, evidence: [] };
  const answer = recordOf(ledger, "release-gates", approvalLeg);
  if (!answer) {
    const because = `expected the answers to ${asking.map(({ id }) => id).join(", ")}, found no record of them`;
    return [{ ...check, result: "inconclusive", code: "gates.approval-missing", because }];
  }
  const required = asking.filter((gate) => gate.required).map(({ id }) => id);
  const against = complaint(answer, { required, release, collector: recordOf(ledger, "release-gates") });
  const evidence = [answer.digest];
  if (against) return [{ ...check, result: "fail", code: "tag.not-approved", because: against, evidence }];
  const said = answer.record.checks.filter(({ id }) => required.includes(id)).map(({ because }) => because);
  return [{ ...check, result: "pass", because: said.join("; ") || "the answers are recorded", evidence }];
}

/** A rehearsal asks nobody, so that nothing but its own records may say so. */
function complaint(
  { record }: AdmittedRecord,
  {
    required,
    release,
    collector,
  }: { required: string[]; release: TaggedRelease; collector: AdmittedRecord | undefined },
): string | undefined {
  const { verdict, release: answered, consumed, checks } = record;
  if (verdict.result !== "pass") return `expected an approval, found ${verdict.result}`;
  if (answered.sha !== release.sha || answered.tag !== release.tag) {
    return `expected an approval of ${release.tag} at ${release.sha}, found one of ${answered.tag} at ${answered.sha}`;
  }
  if (!consumed.some(({ digest }) => digest === collector?.digest)) {
    return "expected an approval over this collection of the gates, found one over another";
  }
  const wanted = release.mode === "rehearsal" ? "not-applicable" : "pass";
  const open = required.find((gate) => !checks.some(({ id, result }) => id === gate && result === wanted));
  return open === undefined ? undefined : `expected the answer to ${open} to be ${wanted}, found another or none`;
}
