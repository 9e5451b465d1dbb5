import { type AdmittedRecord, admit, isRefusal, recordFile } from "#src/domain/admission";
import { approvalLeg } from "#src/domain/approval";
import { canonicalJson } from "#src/domain/digest";
import { Failure } from "#src/domain/failure";
import { isDigest } from "#src/domain/handover";
import { joinLedger, recordOf } from "#src/domain/ledger";
import type { StageName } from "#src/domain/stage";
import type { BuildRuns } from "#src/ports/build-runs";
import type { LedgerStore } from "#src/ports/ledger-store";
import type { TagContent } from "#src/ports/tag-content";
import { insist } from "#src/receive-ledger";
import type { StageContext } from "#src/stage-context";
import { newestVerdict } from "../newest-verdict.ts";

type EarlierLedger = Pick<LedgerStore, "fetch" | "list">;

/** Where an earlier build is looked for, and where its evidence is kept for the jobs of this run. */
export interface RecoveryPorts {
  runs: Pick<BuildRuns, "on">;
  /** Opens the evidence of an earlier run. */
  earlier(run: string): EarlierLedger;
  store: LedgerStore;
  content: TagContent;
}

/** Which build is asked for: by the id of its run, or by the tag of its release. */
export interface BuildRequest {
  "build-run-id": string;
  "release-tag": string;
}

/** What was proven by then and does not change; all that is behind it is proven again, by the run that publishes. */
const reusable: StageName[] = ["plan-release", "release-gates", "auto-tag", "build-manifest"];

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
  const adopted = run === "" ? await foundByTag(tag, expected, ports) : await recordsOf(run, expected, ports.earlier);
  const joined = insist(joinLedger(adopted, []));
  for (const record of joined.admitted) await keep(record, ports.store);
  return { context: { expected, ledger: joined }, adopted: joined.admitted };
}

/** The newest run on the tag's commit whose evidence is of this very tag, and has a build. */
async function foundByTag(
  tag: string,
  expected: StageContext["expected"],
  { runs, earlier, content }: RecoveryPorts,
): Promise<AdmittedRecord[]> {
  const seen = await content.look(`refs/tags/${tag}`, []);
  if (seen.seen !== "served")
    throw notFound(`a tag ${tag} on the remote`, seen.seen === "absent" ? "none" : seen.because);
  const reasons: string[] = [];
  for (const run of await runs.on(seen.commit)) {
    try {
      const records = await recordsOf(run, expected, earlier);
      const plan = recordOf({ admitted: records, refused: [] }, "plan-release")?.record;
      if (plan?.release.tag === tag && records.some(({ record }) => record.stage === "build-manifest")) return records;
      reasons.push(`run ${run} is of ${plan?.release.tag ?? "no release"}, or built nothing`);
    } catch (thrown) {
      if (!(thrown instanceof Failure) || thrown.code !== "publish.build-run-not-found") throw thrown;
      reasons.push(thrown.message);
    }
  }
  throw notFound(`a run on ${seen.commit} that built ${tag}`, reasons.join("; ") || "no run there");
}

async function recordsOf(
  run: string,
  expected: StageContext["expected"],
  earlier: RecoveryPorts["earlier"],
): Promise<AdmittedRecord[]> {
  const ledger = earlier(run);
  const ofRun = { ...expected, runId: run };
  const artifact = newestVerdict(await ledger.list());
  if (artifact === undefined) throw notFound(`the evidence of run ${run}, closed by a verdict`, "no verdict there");
  const verdict = await received({ artifact, digest: undefined }, ledger, ofRun);
  const links = verdict.record.consumed.filter(({ stage, leg }) => reusable.includes(stage) && !isGate(stage, leg));
  return Promise.all(
    links.map(({ artifact, digest }) =>
      received({ artifact, digest: isDigest(digest) ? digest : undefined }, ledger, ofRun),
    ),
  );
}

/** Legs of gates travel inside their collector. */
function isGate(stage: StageName, leg: string): boolean {
  return stage === "release-gates" && leg !== "" && leg !== approvalLeg;
}

async function received(
  { artifact, digest }: { artifact: string; digest: AdmittedRecord["digest"] | undefined },
  ledger: EarlierLedger,
  expected: StageContext["expected"],
): Promise<AdmittedRecord> {
  const admitted = admit({ artifact, digest, files: await ledger.fetch(artifact) }, expected);
  if (!isRefusal(admitted)) return admitted;
  throw new Failure({
    kind: "conflict",
    code: admitted.code,
    message: `${artifact} of run ${expected.runId}: ${admitted.because}`,
    hint: "Evidence of a run is kept for a limited time, and is of one version of the suite. Release again where it is gone.",
  });
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

function notFound(wanted: string, found: string): Failure {
  return new Failure({
    kind: "input",
    code: "publish.build-run-not-found",
    message: `expected ${wanted}, found ${found}`,
    hint: "Look for the run that built the release, and give its id in `build-run-id`.",
  });
}
