import type { AdmittedRecord, Expectation } from "#src/domain/admission";
import { Failure } from "#src/domain/failure";
import { recordOf } from "#src/domain/ledger";
import type { BuildRuns } from "#src/ports/build-runs";
import type { TagContent } from "#src/ports/tag-content";
import { closingVerdict, type EarlierEvidence, notFound, recordsBehind } from "./earlier-evidence.ts";
import { commitOfNamedTag } from "./named-tag.ts";

/** Who is asked for the run behind a tag: the remote, the server, and the evidence of its runs. */
export interface SearchPorts {
  runs: Pick<BuildRuns, "on" | "tagged">;
  earlier: EarlierEvidence;
  content: TagContent;
}

/**
 * Finds the newest run whose evidence is of this very tag, and has a build: among those that were started from the tag's
 * commit, and else among those that have tagged, as a tag may stand on another commit than its run. Throws
 * `publish.build-run-not-found`, with what was wrong with each, and what `commitOfNamedTag` throws.
 */
export async function findByTag(tag: string, expected: Expectation, ports: SearchPorts): Promise<AdmittedRecord[]> {
  const commit = await commitOfNamedTag(tag, ports.content);
  const reasons = new Map<string, string>();
  for (const list of [() => ports.runs.on(commit), () => ports.runs.tagged()]) {
    for (const run of await list()) {
      if (reasons.has(run)) continue;
      const found = await buildOf(run, { tag, commit }, { expected, earlier: ports.earlier });
      if (typeof found !== "string") return found;
      reasons.set(run, found);
    }
  }
  const found = [...reasons].map(([run, because]) => `run ${run}: ${because}`).join("; ");
  throw notFound(`a run that built ${tag} on ${commit}`, found || "no run there, and none that has tagged");
}

/** Reads a run's evidence of a tag, or says why it has none. What a verdict of this tag relied on must hold. */
async function buildOf(
  run: string,
  { tag, commit }: { tag: string; commit: string },
  { expected, earlier }: { expected: Expectation; earlier: EarlierEvidence },
): Promise<AdmittedRecord[] | string> {
  const verdict = await closingVerdict(run, expected, earlier).catch(reasonOr(isOther));
  if (typeof verdict === "string") return verdict;
  const { release } = verdict.record;
  if (release.tag !== tag || release.sha !== commit) return `it is of ${release.tag ?? "no release"} on ${release.sha}`;
  const records = await recordsBehind(verdict, expected, earlier).catch(reasonOr(isAbsent));
  if (typeof records === "string") return records;
  const ledger = { admitted: records, refused: [] };
  return recordOf(ledger, "plan-release") && records.some(({ record }) => record.stage === "build-manifest")
    ? records
    : "it built nothing";
}

/** Turns a failure that only says that this run is another one into its reason; every other one is thrown on. */
function reasonOr(isMeant: (failure: Failure) => boolean): (thrown: unknown) => string {
  return (thrown) => {
    if (thrown instanceof Failure && isMeant(thrown)) return thrown.message;
    throw thrown;
  };
}

const isAbsent = ({ code }: Failure) => code === "publish.build-run-not-found";

/** A verdict that does not hold here may be a rehearsal's, or one of another version of the suite. */
const isOther = (failure: Failure) => isAbsent(failure) || failure.kind === "conflict";
