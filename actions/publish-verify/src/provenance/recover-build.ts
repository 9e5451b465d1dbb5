import { type AdmittedRecord, recordFile } from "#src/domain/admission";
import { canonicalJson } from "#src/domain/digest";
import { Failure } from "#src/domain/failure";
import { joinLedger } from "#src/domain/ledger";
import type { LedgerStore } from "#src/ports/ledger-store";
import { insist } from "#src/receive-ledger";
import type { StageContext } from "#src/stage-context";
import { closingVerdict, type EarlierEvidence, recordsBehind } from "./earlier-evidence.ts";
import { findByTag, type SearchPorts } from "./find-by-tag.ts";

/** Where an earlier build is looked for, and where its evidence is kept for the jobs of this run. */
export interface RecoveryPorts extends SearchPorts {
  store: LedgerStore;
}

/** Which build is asked for: by the id of its run, or by the tag of its release. */
export interface BuildRequest {
  "build-run-id": string;
  "release-tag": string;
}

/**
 * Takes the records of an earlier run over: found by name and digest through the verdict that closed it, verified one by one,
 * and stored again as they are. Throws `publish.input-ambiguous`, `publish.build-run-not-found`, and `all.evidence-…`.
 */
export async function recoverBuild(
  request: BuildRequest,
  { ledger, expected }: StageContext,
  ports: RecoveryPorts,
): Promise<{ context: StageContext; adopted: AdmittedRecord[] }> {
  const [run, tag] = [request["build-run-id"], request["release-tag"]];
  if ((run === "") === (tag === "") || ledger.admitted.length > 0) throw ambiguous(ledger.admitted.length);
  const adopted = run === "" ? await findByTag(tag, expected, ports) : await behindRun(run, expected, ports.earlier);
  const joined = insist(joinLedger(adopted, []));
  for (const record of joined.admitted) await keep(record, ports.store);
  return { context: { expected, ledger: joined }, adopted: joined.admitted };
}

async function behindRun(run: string, expected: StageContext["expected"], earlier: EarlierEvidence) {
  return recordsBehind(await closingVerdict(run, expected, earlier), expected, earlier);
}

/** A second attempt finds what the first one stored; an artifact is never written over. */
async function keep({ artifact, record, attachments }: AdmittedRecord, store: LedgerStore): Promise<void> {
  if ((await store.fetch(artifact)) !== "absent") return;
  await store.save(artifact, new Map([...attachments, [recordFile, new TextEncoder().encode(canonicalJson(record))]]));
}

function ambiguous(handed: number): Failure {
  return new Failure({
    kind: "input",
    code: "publish.input-ambiguous",
    message: `expected exactly one of \`build-run-id\` and \`release-tag\`, and no other records, found another choice (${handed} records)`,
    hint: "Name the run that built, or the tag of its release; leave `records` empty.",
  });
}
