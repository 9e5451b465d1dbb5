import type { AdmittedRecord } from "#src/domain/admission";
import { digestOfBytes } from "#src/domain/digest";
import { type EvidenceRecord, evidenceFormat } from "#src/domain/evidence";
import { formatInstant } from "#src/domain/instant";
import type { ReleaseIdentity } from "#src/domain/release";
import type { Attachment, StageReport } from "#src/domain/report";
import type { StageName } from "#src/domain/stage";
import { conclude } from "#src/domain/verdict";

/** What surrounds a stage's report: who ran it, when, for which release, and on which records. */
export interface Circumstances {
  suite: string;
  stage: StageName;
  release: ReleaseIdentity;
  run: EvidenceRecord["run"];
  started: Date;
  finished: Date;
  policy: EvidenceRecord["policy"];
  consumed: AdmittedRecord[];
}

/** Composes a stage's record. The conclusion is drawn here, from the checks, and nowhere else. */
export function composeRecord(report: StageReport, around: Circumstances): EvidenceRecord {
  const conclusion = conclude(report.checks);
  const passed = conclusion.result === "pass";
  return {
    schema: evidenceFormat,
    suite: around.suite,
    stage: around.stage,
    leg: report.leg ?? "",
    attempt: around.run.attempt,
    release: around.release,
    run: around.run,
    started: formatInstant(around.started),
    finished: formatInstant(around.finished),
    policy: around.policy,
    consumed: around.consumed.map(({ artifact, digest, record }) => ({
      stage: record.stage,
      leg: record.leg,
      artifact,
      digest,
    })),
    subjects: report.subjects ?? [],
    attachments: (report.attachments ?? []).map(describeAttachment),
    checks: report.checks,
    effects: report.effects ?? [],
    verdict: { result: conclusion.result, "decided-by": conclusion.decidedBy },
    outcome: passed ? (report.noRelease ? "no-release" : "release") : "blocked",
    next: report.next,
  };
}

function describeAttachment({ name, content }: Attachment): EvidenceRecord["attachments"][number] {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  return { name, digest: digestOfBytes(bytes), bytes: bytes.byteLength };
}
