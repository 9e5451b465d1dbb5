import { type AdmittedRecord, admit, type Expectation, type Files, isRefusal, recordFile } from "#src/domain/admission";
import { approvalLeg } from "#src/domain/approval";
import { recordSchema } from "#src/domain/evidence";
import { Failure } from "#src/domain/failure";
import { isDigest } from "#src/domain/handover";
import { parseJson } from "#src/domain/parse-json";
import type { StageName } from "#src/domain/stage";
import type { LedgerStore } from "#src/ports/ledger-store";
import { newestVerdict } from "../newest-verdict.ts";

/** Opens the evidence of an earlier run. */
export type EarlierEvidence = (run: string) => Pick<LedgerStore, "fetch" | "list">;

/** What was proven by then and does not change; all that is behind it is proven again, by the run that publishes. */
const reusable: StageName[] = ["plan-release", "release-gates", "auto-tag", "build-manifest"];

/** Reads the verdict that closed a run, the one of its latest attempt. Throws `publish.build-run-not-found` where there is none. */
export async function closingVerdict(
  run: string,
  expected: Expectation,
  earlier: EarlierEvidence,
): Promise<AdmittedRecord> {
  const ledger = earlier(run);
  const artifact = newestVerdict(await ledger.list());
  if (artifact === undefined) throw notFound(`the evidence of run ${run}, closed by a verdict`, "no verdict there");
  return received({ artifact, digest: undefined }, await ledger.fetch(artifact), { ...expected, runId: run });
}

/** Reads the records that a verdict relied on and that hold for another run as well. */
export async function recordsBehind(
  { record: { consumed, run } }: AdmittedRecord,
  expected: Expectation,
  earlier: EarlierEvidence,
): Promise<AdmittedRecord[]> {
  const ledger = earlier(run.id);
  const links = consumed.filter(({ stage, leg }) => reusable.includes(stage) && !isGate(stage, leg));
  return Promise.all(
    links.map(async ({ artifact, digest }) => {
      const wanted = { artifact, digest: isDigest(digest) ? digest : undefined };
      return received(wanted, await ledger.fetch(artifact), { ...expected, runId: run.id });
    }),
  );
}

/** Words that no such build was found. */
export function notFound(wanted: string, found: string): Failure {
  return new Failure({
    kind: "input",
    code: "publish.build-run-not-found",
    message: `expected ${wanted}, found ${found}`,
    hint: "Look for the run that built the release, and give its id in `build-run-id`.",
  });
}

/** Legs of gates travel inside their collector. */
function isGate(stage: StageName, leg: string): boolean {
  return stage === "release-gates" && leg !== "" && leg !== approvalLeg;
}

function received(
  { artifact, digest }: Pick<AdmittedRecord, "artifact"> & { digest: AdmittedRecord["digest"] | undefined },
  files: Files | "absent" | "altered",
  expected: Expectation,
): AdmittedRecord {
  const admitted = admit({ artifact, digest, files }, expected);
  if (!isRefusal(admitted)) return admitted;
  const origin = originOf(files);
  if (origin !== undefined && origin !== expected.runId)
    throw notFound(`a build of run ${expected.runId} itself`, `that it took ${artifact} over from run ${origin}`);
  throw new Failure({
    kind: "conflict",
    code: admitted.code,
    message: `${artifact} of run ${expected.runId}: ${admitted.because}`,
    hint: "Evidence of a run is kept for a limited time, and is of one version of the suite. Release again where it is gone.",
  });
}

/** A run that published what another one built keeps the records of that one, as they are. */
function originOf(files: Files | "absent" | "altered"): string | undefined {
  if (files === "absent" || files === "altered") return undefined;
  return recordSchema.safeParse(parseJson(files.get(recordFile) ?? "")).data?.run.id;
}
