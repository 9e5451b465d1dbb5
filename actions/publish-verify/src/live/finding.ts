import type { Code } from "#src/domain/catalogue";
import type { Mode } from "#src/domain/release";
import type { Subject } from "#src/domain/subject";
import type { Check } from "#src/domain/verdict";

/** What a look at a channel means: it serves what was built, it is free to take it (rehearsal), or neither. */
export type Standing = "live" | "planned" | "open";

/** What one look at a channel found: the checks as they would stand if it were the last look. */
export interface Finding {
  standing: Standing;
  checks: Check[];
  /** What was seen, for the record: texts by name, without times. */
  seen: Record<string, string>;
  /** What was verified, where the channel serves it. */
  subjects?: Subject[];
  /** Whether the channel has never heard of the name before. */
  firstOfItsName?: boolean;
  /** The instant before which the channel asks not to be asked again. */
  retryAt?: Date;
  /** Whether the finding stands for good, whatever its codes. */
  settled?: boolean;
}

/** Findings that time may change. Any other failure stands at once. */
const passing: ReadonlySet<Code> = new Set<Code>([
  "publish.not-live",
  "publish.live-timeout",
  "publish.remote-unknown",
  "publish.dist-tag-wrong",
  "publish.latest-wrong",
  "publish.channel-incomplete",
  "publish.formula-stale",
  "publish.updater-asset-missing",
]);

/** Tells whether another look could change a finding: nothing failed for good, and something is still open. */
export function mayChange({ checks, settled }: Finding): boolean {
  if (settled) return false;
  const open = checks.filter(({ result }) => result !== "pass");
  return open.length > 0 && open.every(({ code }) => code !== undefined && passing.has(code));
}

/** Starts a check of a channel; the result is filled in by who judges. */
export function channelCheck(channel: { id: string; required: boolean }, question: string, title: string) {
  return { id: `${channel.id}:${question}`, title, required: channel.required, evidence: [] };
}

/** The code for a version that is taken by other bytes: after a publication an incident, before it a version that is gone. */
export function differing(mode: Mode): Extract<Code, "publish.exists-different" | "publish.hash-mismatch"> {
  return mode === "rehearsal" ? "publish.exists-different" : "publish.hash-mismatch";
}

/** Judges whether there is anything to ask at all: without a required channel, nobody knows where users get the product. */
export function judgeChannels(channels: { id: string; required: boolean }[]): Check {
  const required = channels.filter((channel) => channel.required).map(({ id }) => id);
  const check = { id: "channels", title: "It is known where users get the product", required: true, evidence: [] };
  if (required.length > 0) return { ...check, result: "pass", because: required.join(", ") };
  const because = `expected at least one required channel, found none (${channels.length} optional)`;
  return { ...check, result: "inconclusive", code: "publish.no-channel", because };
}
