import { formatInstant } from "#src/domain/instant";
import { type Ledger, nameOf } from "#src/domain/ledger";
import type { Check } from "#src/domain/verdict";

/** An instant at which the release was not deployed yet, and how it is known. */
export interface BeforeDeployment {
  at: Date;
  because: string;
}

/**
 * Finds the newest instant that is known to lie before the deployment: `deployed-at` where it is given, and otherwise the
 * end of the build, or else of the tag. Records keep their instants when failed jobs run again; the clock does not.
 */
export function beforeDeployment(given: string | undefined, ledger: Ledger): BeforeDeployment | undefined {
  if (given !== undefined) return { at: new Date(given), because: `deployed-at is ${formatInstant(new Date(given))}` };
  for (const stage of ["build-manifest", "auto-tag"] as const) {
    const ended = ledger.admitted
      .filter(({ record }) => record.stage === stage)
      .map(({ record }) => ({ at: new Date(record.finished), name: nameOf(record) }))
      .toSorted((a, b) => a.at.getTime() - b.at.getTime());
    const [first] = ended;
    if (first)
      return { at: first.at, because: `${first.name} ended at ${formatInstant(first.at)}, before any deployment` };
  }
  return undefined;
}

/**
 * Judges whether such an instant is known, and can be: a baseline that reaches beyond the deployment compares the release
 * with itself, and a window that begins before the tag was written watches another version.
 */
export function judgeBeforeDeployment(found: BeforeDeployment | undefined, ledger: Ledger): Check {
  const check = { id: "deployment", title: "The baseline ends before the deployment", required: true, evidence: [] };
  if (found) {
    const tagging = tagWriting(ledger);
    const early = tagging !== undefined && found.at < tagging;
    if (!early) return { ...check, result: "pass", because: found.because };
    const because = `expected a deployment of the tag, which was written after ${formatInstant(tagging)}; ${found.because}`;
    return { ...check, result: "inconclusive", code: "watch.deployment-before-tag", because };
  }
  const because = "expected deployed-at, or a record of build-manifest or auto-tag, found none of them";
  return { ...check, result: "inconclusive", code: "watch.deployment-unknown", because };
}

/** The second in which the stage that wrote the tag began; undefined where the tag was there already, from a run before. */
function tagWriting({ admitted }: Ledger): Date | undefined {
  const writing = admitted.find(
    ({ record }) =>
      record.stage === "auto-tag" && record.effects.some(({ kind, state }) => kind === "tag" && state === "done"),
  );
  return writing && new Date(formatInstant(new Date(writing.record.started)));
}
