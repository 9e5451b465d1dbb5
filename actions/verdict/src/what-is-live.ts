import type { EvidenceRecord } from "#src/domain/evidence";
import { nameOf } from "#src/domain/ledger";
import type { Facts } from "./facts.ts";

/** Codes of publish-verify that mean that users get something of this version, though not what was built. */
const servedCodes = new Set([
  "publish.live-timeout",
  "publish.hash-mismatch",
  "publish.dist-tag-wrong",
  "publish.exists-different",
  "publish.channel-incomplete",
  "publish.source-sha-mismatch",
]);

/** Lists what the world holds of this release already, for a person who must decide what to do. A rehearsal writes nothing. */
export function whatIsLive({ mode, admitted, jobs }: Facts): string[] {
  if (mode === "rehearsal") return [];
  const records = admitted.map(({ record }) => record);
  const published = jobs.some(({ job, result }) => job === "publish" && result === "success");
  return [
    ...records.flatMap(writtenEffects),
    ...records.filter(({ stage }) => stage === "publish-verify").flatMap(servedVersion),
    ...(published ? ["job publish succeeded, so users may get the version"] : []),
  ];
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
