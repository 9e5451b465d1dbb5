import { type AdmittedRecord, type Expectation, openRecord, type Refusal } from "#src/domain/admission";
import { approvalLeg } from "#src/domain/approval";
import { artifactName } from "#src/domain/artifact-name";
import { digestOfBytes } from "#src/domain/digest";
import type { EvidenceRecord } from "#src/domain/evidence";
import { brokenLinks, endedBeforeThePlan, nameOf } from "#src/domain/ledger";
import type { StageName } from "#src/domain/stage";

const legsFolder = "legs/";

/** Names the collector's attachment that holds the record of a leg. */
export function legAttachment(leg: string): string {
  return `${legsFolder}${leg}.json`;
}

/** What a stage must have relied on besides the plan, because its answer makes no sense without it. */
const necessary: Partial<Record<StageName, StageName[]>> = {
  "auto-tag": ["release-gates"],
  "publish-verify": ["build-manifest"],
  "smoke-test": ["build-manifest"],
};

/** Reads the leg records that a collector carries and recomputes their digests; one that does not hold is refused. */
export function openLegs(
  collector: AdmittedRecord,
  expected: Expectation,
): { legs: AdmittedRecord[]; refused: Refusal[] } {
  const legs: AdmittedRecord[] = [];
  const refused: Refusal[] = [];
  for (const [name, bytes] of collector.attachments) {
    if (!name.startsWith(legsFolder)) continue;
    // A collector that was taken over from an earlier run carries the legs of that run.
    const ofItsRun = { ...expected, runId: collector.record.run.id };
    const record = openLeg(name, bytes, { stage: collector.record.stage, expected: ofItsRun });
    if (typeof record === "string") {
      refused.push({ artifact: `${collector.artifact}:${name}`, code: "all.evidence-mismatch", because: record });
      continue;
    }
    const artifact = artifactName(record.stage, record.leg, record.attempt);
    legs.push({ artifact, digest: digestOfBytes(bytes), record, attachments: new Map() });
  }
  return { legs, refused };
}

/** Lists what breaks the chain: links that lead nowhere, and records that do not rely on what they must rely on. */
export function chainComplaints(records: AdmittedRecord[]): string[] {
  return [...brokenLinks({ admitted: records, refused: [] }), ...records.flatMap((one) => missingLinks(one, records))];
}

/** Lists records that speak of another release, or were judged by another policy, than the first one. */
export function identityComplaints(records: AdmittedRecord[]): string[] {
  const [first, ...others] = records.map(({ record }) => record).filter((record) => !endedBeforeThePlan(record));
  if (!first) return [];
  const fields = ["repository", "component", "tag", "version", "sha", "base", "mode"] as const;
  return others.flatMap((record) => [
    ...fields
      .filter((field) => record.release[field] !== first.release[field])
      .map((field) => `${nameOf(record)} says ${field} ${record.release[field]}, not ${first.release[field]}`),
    ...(record.policy === first.policy
      ? []
      : [`${nameOf(record)} applied policy ${record.policy}, not ${first.policy}`]),
  ]);
}

/** Gates end in their collector; every leg of another stage is an end, unless its stage has a record that carries it. */
function isEnd({ stage, leg }: EvidenceRecord): boolean {
  return stage !== "release-gates" || leg === "";
}

function openLeg(
  name: string,
  bytes: Uint8Array,
  { stage, expected }: { stage: StageName; expected: Expectation },
): EvidenceRecord | string {
  const record = openRecord(bytes, expected);
  if (typeof record === "string") return record;
  const own = record.stage === stage && name === `${legsFolder}${record.leg}.json`;
  return own ? record : `expected the leg that ${name} names, found ${nameOf(record)}`;
}

function missingLinks({ record }: AdmittedRecord, records: AdmittedRecord[]): string[] {
  if (record.stage === "plan-release" || endedBeforeThePlan(record)) return [];
  // What is asked before anything is built cannot rely on it.
  const early = record.stage === "publish-verify" && record.leg === "preflight";
  const wanted: StageName[] = ["plan-release", ...(early ? [] : (necessary[record.stage] ?? []))];
  const approval = record.stage === "auto-tag" ? records.filter((one) => one.record.leg === approvalLeg) : [];
  const unread = approval.filter(({ digest }) => !record.consumed.some((link) => link.digest === digest));
  const missing = wanted
    .filter((stage) => {
      const ends = records.filter((one) => one.record.stage === stage && isEnd(one.record));
      return !record.consumed.some(({ digest }) => ends.some((end) => end.digest === digest));
    })
    .map((stage) => `${nameOf(record)} does not rely on the record of ${stage} in this ledger`);
  return [...missing, ...unread.map((one) => `${nameOf(record)} does not rely on ${nameOf(one.record)}`)];
}
