import { type AdmittedRecord, admit, type Files, isRefusal, openRecord, recordFile } from "#src/domain/admission";
import { adoptedDigests } from "#src/domain/adoption";
import { canonicalJson, digestOfBytes } from "#src/domain/digest";
import { planDigest } from "#src/domain/effect";
import { type EvidenceRecord, recordSchema } from "#src/domain/evidence";
import { parseJson } from "#src/domain/parse-json";
import { type VerdictDocument, verdictSchema } from "#src/domain/release-verdict";
import { evidenceFile } from "./compose-verdict.ts";
import { judgeEvidence, rule } from "./decide.ts";
import { allRecords, type Facts, isLegAmong } from "./facts.ts";
import { overridesOf } from "./judge-overrides.ts";

/** What a verification found: the outcome that the evidence gives, and everything that does not hold. */
export interface Verification {
  document: VerdictDocument | undefined;
  differences: string[];
}

const folder = "evidence/";

/**
 * Computes a verdict again from the files of its artifact alone: the digests of all files, the form of each record, the
 * links of the chain, the ruling and the plan digest. `recordDigest`, where given, is the one that the run handed over.
 */
export function verifyEvidence(files: Files, recordDigest?: string): Verification {
  const document = parseDocument(files.get("verdict.json"));
  const own = parseOwn(files.get(recordFile));
  if (typeof document === "string") return { document: undefined, differences: [`verdict.json: ${document}`] };
  if (typeof own === "string") return { document, differences: [`${recordFile}: ${own}`] };

  const { admitted, problems } = openEvidence(files, document);
  const facts = factsOf(document, admitted);
  const differences = [
    ...ownComplaints(files, own, recordDigest),
    ...problems,
    ...stageComplaints(document, admitted),
    ...consumedComplaints(own, facts),
    ...rulingComplaints(document, facts),
    ...documentComplaints(document, own, admitted),
  ];
  return { document, differences };
}

function parseDocument(bytes: Uint8Array | undefined): VerdictDocument | string {
  const json = bytes && parseJson(bytes);
  const parsed = verdictSchema.safeParse(json);
  if (!bytes || !parsed.success) return "expected a verdict of this suite, found none";
  return canonicalJson(json) === new TextDecoder().decode(bytes) ? parsed.data : "expected canonical JSON";
}

function parseOwn(bytes: Uint8Array | undefined): EvidenceRecord | string {
  const parsed = recordSchema.safeParse(bytes && parseJson(bytes));
  if (!bytes || !parsed.success) return "expected the record of the verdict, found none";
  return parsed.data.stage === "verdict"
    ? parsed.data
    : `expected the record of the verdict, found ${parsed.data.stage}`;
}

function openEvidence(files: Files, document: VerdictDocument): { admitted: AdmittedRecord[]; problems: string[] } {
  const { release, run, suite, stages } = document;
  const expected = { repository: release.repository, runId: run.id, mode: release.mode, suite };
  const copies = [...files].filter(([file]) => file.startsWith(folder));
  const own = copies.map(([, bytes]) => openRecord(bytes, expected)).filter((record) => typeof record !== "string");
  const adopted = adoptedDigests(own.map((record) => ({ record })));
  const admitted: AdmittedRecord[] = [];
  const problems: string[] = [];
  for (const [file, bytes] of copies) {
    const record = openRecord(bytes, { ...expected, adopted });
    const entry = stages.find((stage) => stage.file === file);
    if (typeof record === "string") problems.push(`${file}: ${record}`);
    else if (!entry || file !== evidenceFile(record)) problems.push(`${file}: the verdict names no such record`);
    else admitted.push({ artifact: entry.artifact, digest: digestOfBytes(bytes), record, attachments: new Map() });
  }
  return { admitted, problems };
}

function ownComplaints(files: Files, own: EvidenceRecord, recordDigest: string | undefined): string[] {
  const { release, run, suite } = own;
  const expected = { repository: release.repository, runId: run.id, mode: release.mode, suite };
  const bytes = files.get(recordFile) ?? new Uint8Array();
  const found = digestOfBytes(bytes);
  const admission = admit({ artifact: recordFile, digest: undefined, files }, expected);
  return [
    ...(isRefusal(admission) ? [admission.because] : []),
    ...(recordDigest !== undefined && recordDigest !== found
      ? [`expected ${recordFile} with ${recordDigest}, found ${found}`]
      : []),
  ];
}

function stageComplaints({ stages }: VerdictDocument, admitted: AdmittedRecord[]): string[] {
  return stages.flatMap(({ file, digest }) => {
    const copy = admitted.find(({ record }) => evidenceFile(record) === file);
    if (!copy) return [`${file}: expected a record with ${digest}, found none that holds`];
    return copy.digest === digest ? [] : [`${file}: expected ${digest}, found ${copy.digest}`];
  });
}

function factsOf(document: VerdictDocument, records: AdmittedRecord[]): Facts {
  const ordered = allRecords({ admitted: records, legs: [] });
  const isLeg = isLegAmong(ordered);
  const refused = document.refused.flatMap(({ artifact, code, because }) =>
    code === "all.evidence-missing" || code === "all.evidence-mismatch" || code === "all.evidence-doubled"
      ? [{ artifact, code, because }]
      : [],
  );
  return {
    mode: document.release.mode,
    admitted: ordered.filter((one) => !isLeg(one)),
    legs: ordered.filter(isLeg),
    refused,
    jobs: document.jobs,
  };
}

/** The verdict's own record must rest on the very records that were handed over, as far as they stand in the artifact. */
function consumedComplaints(own: EvidenceRecord, { admitted, legs }: Facts): string[] {
  const digests = new Set<string>([...admitted, ...legs].map(({ digest }) => digest));
  const consumed = new Set<string>(own.consumed.map(({ digest }) => digest));
  return [
    ...own.consumed
      .filter(({ digest }) => !digests.has(digest))
      .map(({ artifact, digest }) => `the verdict relied on ${artifact}@${digest}, which is not among the evidence`),
    ...admitted
      .filter(({ digest }) => !consumed.has(digest))
      .map(({ record }) => `${evidenceFile(record)}: the verdict did not rely on this record`),
  ];
}

/** Rules again. What the verdict learnt from outside the evidence, its GitHub release and its own end, is taken as recorded. */
function rulingComplaints(document: VerdictDocument, facts: Facts): string[] {
  const outside = document.checks.filter(({ id }) => id === "github-release" || id === "completed");
  const again = rule(facts, [...judgeEvidence(facts), ...outside]);
  const claims = again.verdict === "Released" || again.verdict === "Released-with-override";
  const released = !claims || outside.length > 0;
  const said = canonicalJson([document.verdict, document.outcome, document.reason, document.checks]);
  const found = canonicalJson([again.verdict, again.outcome, again.reason, again.checks]);
  return [
    ...(said === found
      ? []
      : [
          `expected ${document.verdict ?? document.outcome} (${document.reason.code}) and the recorded checks, found ${again.verdict ?? again.outcome} (${again.reason.code}) when ruling again`,
        ]),
    ...(released ? [] : ["expected a finding on the GitHub release, found none"]),
  ];
}

function documentComplaints(document: VerdictDocument, own: EvidenceRecord, records: AdmittedRecord[]): string[] {
  const effects = [...records.flatMap(({ record }) => record.effects), ...own.effects];
  const pairs: [what: string, said: unknown, found: unknown][] = [
    ["plan digest", document["plan-digest"], planDigest(effects)],
    ["release", document.release, own.release],
    ["overrides", document.overrides, overridesOf({ admitted: records })],
    ["checks of its record", document.checks, own.checks],
    ["outcome of its record", document.outcome, own.outcome],
    ["run", document.run.id, own.run.id],
  ];
  return pairs
    .filter(([, said, found]) => canonicalJson(said) !== canonicalJson(found))
    .map(([what, said, found]) => `${what}: verdict.json says ${canonicalJson(said)}, found ${canonicalJson(found)}`);
}
