import { admit, type Expectation, isRefusal } from "#src/domain/admission";
import { approvalLeg } from "#src/domain/approval";
import { artifactName } from "#src/domain/artifact-name";
import type { Check } from "#src/domain/verdict";
import type { LedgerStore } from "#src/ports/ledger-store";

/** The run, and which attempt of it this is. */
interface Attempt {
  expected: Expectation;
  attempt: number;
}

/**
 * Finds what earlier attempts of this run recorded against the release: a decision against it is final, whatever became of the
 * words since, and a record that cannot be read may hold one.
 */
export async function findEarlierAnswers(store: LedgerStore, { expected, attempt }: Attempt): Promise<Check[]> {
  const there = await store.list();
  const names = Array.from({ length: attempt - 1 }, (_none, index) =>
    artifactName("release-gates", approvalLeg, index + 1),
  );
  const found = names
    .filter((name) => there.includes(name))
    .map(async (artifact): Promise<Check[]> => {
      const arrival = admit({ artifact, digest: undefined, files: await store.fetch(artifact) }, expected);
      const check = { id: `earlier:${artifact}`, title: "No earlier attempt was decided against", required: true };
      if (isRefusal(arrival)) {
        const because = `expected the answers of an earlier attempt, found: ${arrival.because}`;
        return [{ ...check, result: "inconclusive", code: "gates.approval-unknown", because, evidence: [artifact] }];
      }
      const evidence = [`${artifact}@${arrival.digest}`];
      const against = arrival.record.checks.find(
        ({ code, required }) => required && code === "gates.aborted-by-decision",
      );
      if (!against) return [];
      return [{ ...check, result: "fail", code: "gates.aborted-by-decision", because: against.because, evidence }];
    });
  return (await Promise.all(found)).flat();
}
