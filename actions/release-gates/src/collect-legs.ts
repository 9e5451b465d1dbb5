import { admit, type Expectation, type Refusal } from "#src/domain/admission";
import { catalogue } from "#src/domain/catalogue";
import { legAttachment } from "#src/domain/chain";
import { canonicalJson } from "#src/domain/digest";
import type { StageReport } from "#src/domain/report";
import { type Check, decidingCode } from "#src/domain/verdict";
import type { LedgerStore } from "#src/ports/ledger-store";
import type { Planned } from "#src/stage-context";
import { judgeLegs, type LegArrival } from "./decide-legs.ts";
import { type LegClaim, newestClaims } from "./leg-claims.ts";

/** The run whose artifacts hold the legs: what its records must say, and which attempt of it this is. */
interface CollectedRun {
  expected: Expectation;
  store: LedgerStore;
  attempt: number;
}

/**
 * Collects the legs of all gates from the artifacts of this run, and judges them together. The record relies on each leg
 * and carries a copy of its record as `legs/<gate>.json`, so that the chain can be verified from here.
 */
export async function collectLegs(planned: Planned, run: CollectedRun): Promise<StageReport> {
  const { expected, store, attempt } = run;
  const claims = newestClaims(await store.list(), attempt);
  const arrivals: LegArrival[] = await Promise.all(
    claims.map(async (claim) => {
      const { artifact } = claim;
      if (claim.attempt > attempt) return { claim, arrival: ahead(claim, attempt) };
      const files = await store.fetch(artifact);
      return { claim, arrival: admit({ artifact, digest: undefined, files }, expected) };
    }),
  );
  const { checks, legs } = judgeLegs(planned, arrivals);
  return {
    checks,
    consumed: legs,
    attachments: legs.map(({ record }) => ({ name: legAttachment(record.leg), content: canonicalJson(record) })),
    next: nextStep(checks, planned.release.sha),
  };
}

function ahead({ artifact, attempt }: LegClaim, reached: number): Refusal {
  const because = `expected an attempt up to ${reached}, which is this one, found attempt ${attempt}`;
  return { artifact, code: "all.evidence-mismatch", because };
}

/** Says what follows from the checks: the remedy of what decided against the candidate, or the tag. */
export function nextStep(checks: Check[], sha: string): string {
  const code = decidingCode(checks);
  return code ? catalogue[code].remedy : `Tag ${sha}.`;
}
