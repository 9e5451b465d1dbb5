import type { AdmittedRecord } from "#src/domain/admission";
import { isOverridden } from "#src/domain/override";
import type { Finding } from "../leg-report.ts";

/** Which checks of the plan a gate stands for: by id, or by the first part of it. */
const questions = { lockstep: "version-lockstep", changelog: "changelog" };

/**
 * Carries over what the plan found about a question; nothing is computed again. A question that it never asked is open. What a person
 * overrode there bears the override here as well, and never hides another finding.
 */
export function judgePlanned(kind: keyof typeof questions, { artifact, digest, record }: AdmittedRecord): Finding {
  const question = questions[kind];
  const asked = record.checks.filter(({ id }) => id === question || id.startsWith(`${question}-`));
  const answered = asked.filter(({ result }) => result !== "not-applicable");
  const evidence = [`${artifact}@${digest}`];
  if (answered.length === 0) {
    const because = `expected a check ${question} in the plan, found ${asked.length === 0 ? "none" : "it not applicable"}`;
    return { result: "inconclusive", code: "gates.plan-check-missing", because, evidence };
  }
  const against = ["fail", "inconclusive"]
    .flatMap((result) => answered.filter((check) => check.result === result))
    .toSorted((a, b) => Number(isOverridden(a)) - Number(isOverridden(b)));
  const [first] = against;
  if (!first) return { result: "pass", because: answered.map(({ because }) => because).join("; "), evidence };
  const because = against.map(({ id, because }) => `${id}: ${because}`).join("; ");
  const { result, code = "gates.plan-check-missing", override } = first;
  return { result, code, because, evidence, ...(override ? { override } : {}) };
}
