import { isUnanswered } from "#src/domain/approval";
import type { EvidenceRecord } from "#src/domain/evidence";
import { nameOf } from "#src/domain/ledger";
import type { JobResult } from "#src/domain/release-verdict";
import type { Facts } from "./facts.ts";
import { ownJobs } from "./job-names.ts";

/** Codes of publish-verify that mean that users get something of this version, though not what was built. */
const servedCodes = new Set([
  "publish.live-timeout",
  "publish.hash-mismatch",
  "publish.dist-tag-wrong",
  "publish.latest-wrong",
  "publish.withdrawn",
  "publish.asset-extra",
  "publish.exists-different",
  "publish.channel-incomplete",
  "publish.source-sha-mismatch",
]);

const tagJobs = new Set(["auto-tag", "tag", "prepare"]);

/** Lists what the world holds of this release already, for a person who must decide what to do. A rehearsal writes nothing. */
export function whatIsLive({ mode, admitted, jobs }: Facts): string[] {
  if (mode === "rehearsal") return [];
  const records = admitted.map(({ record }) => record);
  return [
    ...records.flatMap(writtenEffects),
    ...records.filter(({ stage, leg }) => stage === "publish-verify" && leg === "").flatMap(servedVersion),
    ...unrecordedTag(records, jobs),
    ...unrecordedUpload(jobs),
  ];
}

/** The tag stage starts after the gates, and after the people who are asked; one that broke off without a record may have written its tag. */
function unrecordedTag(records: EvidenceRecord[], jobs: JobResult[]): string[] {
  const gates = records.filter(({ stage }) => stage === "release-gates");
  const gated = gates.length > 0 && gates.every(({ verdict }) => verdict.result === "pass") && !isUnanswered(gates);
  const told = records.some(({ stage, effects }) => stage === "auto-tag" && effects.length > 0);
  const broken = jobs.find(({ job, result }) => tagJobs.has(job) && brokeOff(result));
  return gated && !told && broken ? [`job ${broken.job} ended ${broken.result}, so the tag may be there`] : [];
}

function unrecordedUpload(jobs: JobResult[]): string[] {
  return jobs
    .filter(({ job, result }) => !ownJobs.has(job) && result !== "skipped")
    .map(({ job, result }) =>
      brokeOff(result)
        ? `job ${job} ended ${result}, so what it writes may have been written`
        : `job ${job} succeeded, so users may get the version`,
    );
}

function brokeOff(result: JobResult["result"]): boolean {
  return result === "failure" || result === "cancelled";
}

function writtenEffects(record: EvidenceRecord): string[] {
  return record.effects
    .filter(({ state }) => state === "done" || state === "already")
    .map(({ kind, target }) => `${kind} ${target} is there (${nameOf(record)})`);
}

/** The subjects of publish-verify are what it saw live, channel by channel, whatever became of the other channels. */
function servedVersion({ verdict, checks, release, subjects }: EvidenceRecord): string[] {
  const version = release.version ?? "the version";
  if (verdict.result === "pass") return [`${version} is live: publish-verify saw it`];
  return [
    ...subjects.map(({ name }) => `${name} is live: publish-verify saw it`),
    ...checks
      .filter(({ code }) => code !== undefined && servedCodes.has(code))
      .map(({ title, because }) => `${version} is live in part (${title}: ${because})`),
  ];
}
