import type { Code } from "#src/domain/catalogue";
import { canonicalJson, type Digest, digestOfBytes } from "#src/domain/digest";
import { type EvidenceRecord, recordSchema } from "#src/domain/evidence";
import type { Mode } from "#src/domain/release";
import { conclude } from "#src/domain/verdict";

/** A record that was received and holds: the digest is the one of its bytes. */
export interface AdmittedRecord {
  artifact: string;
  digest: Digest;
  record: EvidenceRecord;
  attachments: Map<string, Uint8Array>;
}

/** Why a record was not admitted, or another piece of what was handed over. */
export interface Refusal {
  artifact: string;
  code: Extract<
    Code,
    "all.evidence-missing" | "all.evidence-mismatch" | "all.evidence-doubled" | "verdict.jobs-untold"
  >;
  because: string;
}

/** What every record of this run must say. */
export interface Expectation {
  repository: string;
  runId: string;
  mode: Mode;
  suite: string;
  /** Digests of records of earlier runs that a record of this run has taken over. */
  adopted?: ReadonlySet<string>;
}

/** Name of the record's file in its artifact. */
export const recordFile = "record.json";

/** Files of an artifact, by path. */
export type Files = Map<string, Uint8Array>;

/** A received artifact: its files, with the digest that was handed over (undefined for a leg, which has no output of its own). */
export interface Arrival {
  artifact: string;
  digest: Digest | undefined;
  files: Files | "absent" | "altered";
}

/**
 * Judges a received artifact by recomputing everything: digest, canonical form, schema, identity and attachments.
 * Anything absent is `all.evidence-missing`; anything that differs is `all.evidence-mismatch`.
 */
export function admit(arrival: Arrival, expected: Expectation): AdmittedRecord | Refusal {
  const { artifact, digest, files } = arrival;
  if (files === "altered") return mismatch(artifact, "expected the bytes that were stored, found others");
  const bytes = files === "absent" ? undefined : files.get(recordFile);
  if (files === "absent" || !bytes) {
    return {
      artifact,
      code: "all.evidence-missing",
      because: `expected ${recordFile} in artifact ${artifact}, found none`,
    };
  }

  const found = digestOfBytes(bytes);
  if (digest && digest !== found)
    return mismatch(artifact, `expected the record to digest to ${digest}, found ${found}`);

  const record = openRecord(bytes, expected);
  if (typeof record === "string") return mismatch(artifact, record);
  const foreign = attachmentMismatch(record, files);
  if (foreign) return mismatch(artifact, foreign);

  const attachments = new Map([...files].filter(([name]) => name !== recordFile));
  return { artifact, digest: found, record, attachments };
}

/** Tells an admitted record from a refusal. */
export function isRefusal(arrival: AdmittedRecord | Refusal): arrival is Refusal {
  return "because" in arrival;
}

function mismatch(artifact: string, because: string): Refusal {
  return { artifact, code: "all.evidence-mismatch", because };
}

/** Reads a record's bytes: a text tells why they are none of this run, be it by form, by spelling or by identity. */
export function openRecord(bytes: Uint8Array, expected: Expectation): EvidenceRecord | string {
  const record = parseRecord(bytes);
  return typeof record === "string"
    ? record
    : (identityMismatch(record, isAdopted(bytes, expected) ? { ...expected, runId: record.run.id } : expected) ??
        conclusionMismatch(record) ??
        record);
}

function isAdopted(bytes: Uint8Array, { adopted }: Expectation): boolean {
  return adopted !== undefined && adopted.size > 0 && adopted.has(digestOfBytes(bytes));
}

function parseRecord(bytes: Uint8Array): EvidenceRecord | string {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    const json: unknown = JSON.parse(text);
    const parsed = recordSchema.safeParse(json);
    if (!parsed.success)
      return `expected a record of this suite, found ${parsed.error.issues[0]?.message ?? "another document"}`;
    return canonicalJson(json) === text ? parsed.data : "expected canonical JSON (RFC 8785), found another spelling";
  } catch {
    return "expected JSON, found something else";
  }
}

/** What a record says of itself must follow from its checks, for all that rely on it. */
function conclusionMismatch({ checks, verdict }: EvidenceRecord): string | undefined {
  const { result } = conclude(checks);
  return result === verdict.result
    ? undefined
    : `expected the conclusion ${result} that its checks give, found ${verdict.result}`;
}

function identityMismatch(record: EvidenceRecord, expected: Expectation): string | undefined {
  const pairs: [what: string, found: string, wanted: string][] = [
    ["suite version", record.suite, expected.suite],
    ["repository", record.release.repository, expected.repository],
    ["run", record.run.id, expected.runId],
    ["mode", record.release.mode, expected.mode],
  ];
  const differing = pairs.find(([, found, wanted]) => found !== wanted);
  return differing && `expected ${differing[0]} ${differing[2]}, found ${differing[1]}`;
}

function attachmentMismatch(record: EvidenceRecord, files: Files): string | undefined {
  for (const { name, digest } of record.attachments) {
    const bytes = files.get(name);
    if (!bytes) return `expected attachment ${name}, found none`;
    if (digestOfBytes(bytes) !== digest)
      return `expected attachment ${name} to digest to ${digest}, found ${digestOfBytes(bytes)}`;
  }
  const known = new Set([recordFile, ...record.attachments.map((attachment) => attachment.name)]);
  const stray = [...files.keys()].find((name) => !known.has(name));
  return stray && `expected only attachments that the record names, found ${stray}`;
}
