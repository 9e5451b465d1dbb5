import { canonicalJson } from "#src/domain/digest";
import { type Effect, planDigest } from "#src/domain/effect";
import type { EvidenceRecord } from "#src/domain/evidence";
import { formatInstant } from "#src/domain/instant";
import type { ReleaseIdentity } from "#src/domain/release";
import { type VerdictDocument, verdictFormat, verdictSchema } from "#src/domain/release-verdict";
import type { Attachment } from "#src/domain/report";
import { conclude } from "#src/domain/verdict";
import { releaseReportHtml } from "#src/report/release-report-html";
import { releaseReportMarkdown } from "#src/report/release-report-markdown";
import type { Ruling } from "./decide.ts";
import { allRecords, type Facts } from "./facts.ts";
import { overridesOf } from "./judge-overrides.ts";

/** Where the verdict is spoken: run, commit and starter, and the instant, which counts only where no record tells one. */
export interface Origin {
  suite: string;
  repository: string;
  sha: string;
  run: VerdictDocument["run"];
  attempt: number;
  now: Date;
}

/** Everything a verdict document is composed from. */
export interface Outcome {
  facts: Facts;
  ruling: Ruling;
  /** The verdict's own writes. */
  effects: Effect[];
  origin: Origin;
}

/** Composes the verdict document. It is a function of the evidence, so that a rerun over the same records gives the same bytes. */
export function composeVerdict({ facts, ruling, effects, origin }: Outcome): VerdictDocument {
  const records = allRecords(facts);
  const [started, finished] = spanOf(records, origin.now);
  const release = records[0]?.record.release ?? unplanned(facts, origin);
  const owned = [
    ...records.flatMap(({ record }) => record.effects.map((effect) => ({ stage: record.stage, ...effect }))),
    ...effects.map((effect) => ({ stage: "verdict" as const, ...effect })),
  ];
  return verdictSchema.parse({
    schema: verdictFormat,
    suite: origin.suite,
    name: `release_${release.version ?? "unknown"}_none_${stamp(finished)}`,
    verdict: ruling.verdict,
    outcome: ruling.outcome,
    reason: ruling.reason,
    release,
    run: origin.run,
    started,
    finished,
    policy: records[0]?.record.policy ?? null,
    stages: records.map(({ artifact, digest, record }) => ({
      stage: record.stage,
      leg: record.leg,
      file: evidenceFile(record),
      artifact,
      digest,
      verdict: record.verdict.result,
      started: record.started,
      finished: record.finished,
    })),
    refused: facts.refused,
    jobs: facts.jobs,
    checks: ruling.checks,
    "decided-by": conclude(ruling.checks).decidedBy,
    effects: owned,
    "plan-digest": planDigest(owned),
    overrides: overridesOf(facts),
    leftovers: leftoversOf({ facts, ruling, release, finished }),
    subjects: facts.admitted
      .filter(({ record }) => record.stage === "build-manifest")
      .flatMap(({ record }) => record.subjects),
    next: ruling.next,
  });
}

/** Writes every file of the verdict: the document, its two readable forms, and the records that it rests on. */
export function verdictFiles(outcome: Outcome, document: VerdictDocument): Attachment[] {
  const records = allRecords(outcome.facts).map(({ record }) => record);
  const story = { document, records };
  return [
    { name: "verdict.json", content: canonicalJson(document) },
    { name: "report.md", content: releaseReportMarkdown(story) },
    { name: "report.html", content: releaseReportHtml(story) },
    ...records.map((record) => ({ name: evidenceFile(record), content: canonicalJson(record) })),
  ];
}

/** Names a record's copy in the verdict's artifact. */
export function evidenceFile({ stage, leg }: Pick<EvidenceRecord, "stage" | "leg">): string {
  return `evidence/${leg === "" ? stage : `${stage}-${encodeURIComponent(leg)}`}.json`;
}

function spanOf(records: { record: EvidenceRecord }[], now: Date): [started: string, finished: string] {
  const starts = records.map(({ record }) => record.started).sort();
  const ends = records.map(({ record }) => record.finished).sort();
  return [starts[0] ?? formatInstant(now), ends.at(-1) ?? formatInstant(now)];
}

function unplanned({ mode }: Facts, { repository, sha }: Origin): ReleaseIdentity {
  return { repository, component: "default", tag: null, version: null, sha, base: null, mode };
}

/** A release with an override leaves a retrospective to be opened; this stage may not write issues. */
function leftoversOf(ended: {
  facts: Facts;
  ruling: Ruling;
  release: ReleaseIdentity;
  finished: string;
}): VerdictDocument["leftovers"] {
  const { facts, ruling, release, finished } = ended;
  if (ruling.verdict !== "Released-with-override") return [];
  const codes = overridesOf(facts).map(({ code }) => code);
  const title = `Retrospective: ${release.version} was released with an override of ${codes.join(", ")}`;
  return [
    {
      id: "retrospective",
      created: finished,
      code: "verdict.retrospective-missing",
      what: "An incident issue about what was overridden, and why",
      replay: `gh issue create --repo ${release.repository} --title "${title}" --body-file report.md`,
    },
  ];
}

function stamp(instant: string): string {
  return instant.slice(0, 16).replace("T", "-").replace(":", "");
}
