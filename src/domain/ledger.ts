import type { AdmittedRecord, Refusal } from "#src/domain/admission";
import type { EvidenceRecord } from "#src/domain/evidence";
import type { StageName } from "#src/domain/stage";

/** The records of a release that were admitted, and those that were refused. */
export interface Ledger {
  admitted: AdmittedRecord[];
  refused: Refusal[];
}

/**
 * Joins records into a ledger. Two records of the same stage and leg refuse each other, unless one is of a later attempt,
 * which replaces the earlier; records that disagree on tag, version or commit are refused with the plan taken as right,
 * but for those that ended before they had read it.
 */
export function joinLedger(admitted: AdmittedRecord[], refused: Refusal[]): Ledger {
  const { kept, doubled } = newestAttempts(admitted);
  const plan = kept.find(({ record }) => record.stage === "plan-release");
  const foreign = plan ? kept.flatMap((arrival) => disagreement(plan.record, arrival)) : [];
  const refusedNames = new Set(foreign.map((refusal) => refusal.artifact));
  return {
    admitted: kept.filter(({ artifact }) => !refusedNames.has(artifact)),
    refused: [...refused, ...doubled, ...foreign],
  };
}

/** Finds the record of a stage and leg. */
export function recordOf(ledger: Ledger, stage: StageName, leg = ""): AdmittedRecord | undefined {
  return ledger.admitted.find(({ record }) => record.stage === stage && record.leg === leg);
}

/** Lists links of the chain that lead nowhere: a consumed digest that no admitted record has. */
export function brokenLinks(ledger: Ledger): string[] {
  const digests = new Set<string>(ledger.admitted.map(({ digest }) => digest));
  return ledger.admitted.flatMap(({ record }) =>
    record.consumed
      .filter(({ digest }) => !digests.has(digest))
      .map(({ artifact, digest }) => `${nameOf(record)} relied on ${artifact}@${digest}, which is not in the ledger`),
  );
}

/**
 * Tells whether a stage broke off before it had read the plan, interrupted or refused, so that its record cannot agree
 * with it. Such a record proves nothing and never passed; it counts with its own reason.
 */
export function endedBeforeThePlan({ stage, release, consumed, effects, verdict }: EvidenceRecord): boolean {
  const alone = consumed.length === 0 && effects.length === 0;
  return stage !== "plan-release" && verdict.result !== "pass" && release.tag === null && alone;
}

/** Names a record for people: its stage, with its leg where it has one. */
export function nameOf(record: Pick<EvidenceRecord, "stage" | "leg">): string {
  return record.leg === "" ? record.stage : `${record.stage}/${record.leg}`;
}

function newestAttempts(admitted: AdmittedRecord[]): { kept: AdmittedRecord[]; doubled: Refusal[] } {
  const groups = Map.groupBy(admitted, ({ record }) => nameOf(record));
  const kept: AdmittedRecord[] = [];
  const doubled: Refusal[] = [];
  for (const [name, group] of groups) {
    const newest = Math.max(...group.map(({ record }) => record.attempt));
    const rivals = group.filter(({ record }) => record.attempt === newest);
    const distinct = rivals.filter(
      ({ artifact }, index) => rivals.findIndex((rival) => rival.artifact === artifact) === index,
    );
    if (distinct.length === 1) kept.push(...distinct);
    else doubled.push(...distinct.map(({ artifact }) => doubledRefusal(artifact, name, distinct.length)));
  }
  return { kept, doubled };
}

function doubledRefusal(artifact: string, name: string, count: number): Refusal {
  return { artifact, code: "all.evidence-doubled", because: `expected one record of ${name}, found ${count}` };
}

function disagreement(plan: EvidenceRecord, { artifact, record }: AdmittedRecord): Refusal[] {
  if (endedBeforeThePlan(record)) return [];
  const fields = ["component", "tag", "version", "sha", "base"] as const;
  return fields
    .filter((field) => record.release[field] !== plan.release[field])
    .slice(0, 1)
    .map((field) => ({
      artifact,
      code: "all.evidence-mismatch" as const,
      because: `expected ${field} ${plan.release[field]} as planned, found ${record.release[field]}`,
    }));
}
