import type { ChannelPolicy } from "#src/contract/config/channels";
import type { NamedRelease } from "#src/domain/release";
import { type Check, conclude } from "#src/domain/verdict";
import type { Finding } from "./finding.ts";

/** A channel with what the last look at it found. */
export interface ChannelResult {
  channel: ChannelPolicy;
  finding: Finding;
}

/** Which channels serve what was built, and which do not. */
export interface Asymmetry {
  live: ChannelResult[];
  missing: ChannelResult[];
}

/** Sorts channels by whether they serve what was built, every pointer included. */
export function sortByLiveness(results: ChannelResult[]): Asymmetry {
  const isLive = ({ finding: { standing, checks } }: ChannelResult) => standing === "live" && holds(checks);
  return { live: results.filter(isLive), missing: results.filter((result) => !isLive(result)) };
}

/** A finding's checks, taken as if each of them decided. */
export function openChecks({ checks }: Finding): Check[] {
  return checks.filter(({ result }) => result !== "pass");
}

/**
 * Judges whether all channels have come to the same end. Some that serve the version beside some that do not are an
 * incident, whatever is wrong with each; where the others could not be asked, nobody knows. Where none does, there is nothing
 * to set side by side.
 */
export function judgePartial(release: NamedRelease, results: ChannelResult[]): Check[] {
  if (release.mode !== "live" || results.length < 2) return [];
  const { live, missing } = sortByLiveness(results);
  if (live.length === 0) return [];
  const required = missing.length === 0 || missing.some(({ channel }) => channel.required);
  const check = { id: "together", title: `All channels serve ${release.version}`, required, evidence: [] };
  if (missing.length === 0) return [{ ...check, result: "pass", because: `live: ${idsOf(live)}` }];
  const because = `live: ${idsOf(live)}; not live: ${missing.map(reasonOf).join("; ")}`;
  return missing.every(isUntold)
    ? [{ ...check, result: "inconclusive", code: "publish.remote-unknown", because }]
    : [{ ...check, result: "fail", code: "publish.partial", because }];
}

function holds(checks: Check[]): boolean {
  return conclude(checks.map((check) => ({ ...check, required: true }))).result === "pass";
}

function idsOf(results: ChannelResult[]): string {
  return results.map(({ channel }) => channel.id).join(", ");
}

function reasonOf({ channel, finding }: ChannelResult): string {
  const reasons = openChecks(finding).map(({ code, because }) => `${code}: ${because}`);
  return `${channel.id} (${reasons.join(", ")})`;
}

function isUntold({ finding }: ChannelResult): boolean {
  return openChecks(finding).every(({ code }) => code === "publish.remote-unknown");
}
