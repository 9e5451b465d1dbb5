import type { Code } from "#src/domain/catalogue";
import { type Ledger, nameOf } from "#src/domain/ledger";
import type { StageName } from "#src/domain/stage";
import type { Check } from "#src/domain/verdict";

/**
 * Judges whether an earlier stage carries this one: at least one record of it was handed over, and every one passed.
 * An absent record is `all.evidence-missing`; one that did not pass has the given code.
 */
export function judgeReliance(ledger: Ledger, stage: StageName, code: Code): Check {
  const arrivals = ledger.admitted.filter(({ record }) => record.stage === stage);
  const check = {
    id: `${stage}-passed`,
    title: `${stage} has passed`,
    required: true,
    evidence: arrivals.map(({ digest }) => digest),
  };
  if (arrivals.length === 0) {
    const because = `expected a record of ${stage}, found none`;
    return { ...check, result: "inconclusive", code: "all.evidence-missing", because };
  }
  const blocked = arrivals.find(({ record }) => record.verdict.result !== "pass");
  if (!blocked)
    return { ...check, result: "pass", because: arrivals.map(({ record }) => `${nameOf(record)} passed`).join("; ") };
  const because = `expected ${nameOf(blocked.record)} to have passed, found ${blocked.record.verdict.result}`;
  return { ...check, result: "fail", code, because };
}
