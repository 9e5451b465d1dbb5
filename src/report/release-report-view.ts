import { approvalLeg } from "#src/domain/approval";
import type { EvidenceRecord } from "#src/domain/evidence";
import { nameOf } from "#src/domain/ledger";
import { isOverridden } from "#src/domain/override";
import type { VerdictDocument } from "#src/domain/release-verdict";
import { type CheckResult, conclude } from "#src/domain/verdict";

/** What a report is made from: the verdict, and the records that it rests on. */
export interface ReleaseStory {
  document: VerdictDocument;
  /** Admitted records, legs included, in the order of the chain. */
  records: EvidenceRecord[];
}

/** Artifact of the verdict for people; the attempt stays open, so that a rerun over the same evidence gives the same report. */
export const verdictArtifact = "seaworthy-verdict-ATTEMPT";

/** A check as a row: whose it is, what was found and why. */
export interface FindingRow {
  stage: string;
  title: string;
  result: CheckResult;
  required: boolean;
  because: string;
  code: string;
  /** Whether a person overrode the finding. */
  overridden: boolean;
}

/** A link of the chain as people see it. */
export interface ChainLink {
  stage: string;
  result: CheckResult | "missing";
  because: string;
  /** Seconds from start to end; undefined where there is no record. */
  seconds: number | undefined;
}

/** A bar of the timeline, in seconds from the start of the release. */
export interface TimelineBar {
  name: string;
  result: CheckResult;
  from: number;
  seconds: number;
}

/** Lists the links of the chain, one for each stage that a release must prove. */
export function chainLinks({ document, records }: ReleaseStory): ChainLink[] {
  return document.checks
    .filter(({ id }) => id.startsWith("stage-"))
    .map(({ id, result, because }) => {
      const stage = id.slice("stage-".length);
      const own = records.filter((record) => record.stage === stage && record.leg === "");
      const found = own.length > 0 || result === "pass" || result === "not-applicable";
      const [first] = own;
      const shown = result === "fail" && own.length > 0 && own.every(isInconclusive) ? "inconclusive" : result;
      return { stage, because, result: found ? shown : "missing", seconds: first && secondsOf(first) };
    });
}

/** A stage that could not tell is shown as what it is, unless its own checks contradict it. */
function isInconclusive({ verdict, checks }: EvidenceRecord): boolean {
  return verdict.result === "inconclusive" && conclude(checks).result === "inconclusive";
}

/** Says which release went before; that there was none is said only where a plan passed that found none. */
export function releaseBefore({ release, stages }: VerdictDocument): string {
  if (release.base !== null) return release.base;
  const planned = stages.some(({ stage, verdict }) => stage === "plan-release" && verdict === "pass");
  return planned ? "none" : "not determined";
}

/** What stands in both reports where a table has no rows. */
export const emptyTables = {
  beside: "No advisory finding, no override, nothing left over.",
  effects: "This run writes nothing to the world.",
};

/** Command that verifies a release again, in a checkout of the suite. */
export const verifyCommand = "node scripts/on-node24.mjs scripts/verify-evidence.ts FOLDER";

/** Explains the part of a report's name that stands where an environment would. */
export const nameNote = "`none` in the name: no environment is recorded";

/** Lists a record's checks as rows. */
export function findingsOf(record: EvidenceRecord): FindingRow[] {
  return record.checks.map((check) => rowOf(check, nameOf(record)));
}

/** Lists the verdict's own checks as rows. */
export function verdictFindings({ checks }: VerdictDocument): FindingRow[] {
  return checks.map((check) => rowOf(check, "verdict"));
}

/**
 * Lists the gates: the collector's checks, one a gate, with the time that its leg took, and then what people answered; the legs
 * alone without a collector.
 */
export function gateRows({ records }: ReleaseStory): (FindingRow & { seconds: number })[] {
  const gates = records.filter(({ stage }) => stage === "release-gates");
  const ends = gates.filter((record) => !isLeg(record));
  return (ends.some(({ leg }) => leg === "") ? ends : gates).flatMap((record) =>
    record.checks.map((check) => {
      const leg = record.leg === "" ? (gates.find((one) => one.leg === check.id) ?? record) : record;
      return { ...rowOf(check, record.leg || check.id), seconds: secondsOf(leg) };
    }),
  );
}

/** Lists what stands beside the verdict and is never folded into it: advisory findings, and what did not apply. */
export function besideTheVerdict({ document, records }: ReleaseStory): FindingRow[] {
  const collected = records.some((record) => record.stage === "release-gates" && !isLeg(record));
  const rows = [
    ...records.filter((record) => !(collected && isLeg(record))).flatMap(findingsOf),
    ...verdictFindings(document),
  ];
  return rows.filter(({ result, required }) => result === "not-applicable" || (!required && result !== "pass"));
}

/** Lays the records out in time. */
export function timeline({ document, records }: ReleaseStory): TimelineBar[] {
  const start = Date.parse(document.started);
  return records
    .map((record) => ({
      name: nameOf(record),
      result: record.verdict.result,
      from: (Date.parse(record.started) - start) / 1000,
      seconds: secondsOf(record),
    }))
    .sort((a, b) => a.from - b.from);
}

/** Seconds between the start of the first stage and the end of the last. */
export function totalSeconds({ started, finished }: VerdictDocument): number {
  return (Date.parse(finished) - Date.parse(started)) / 1000;
}

/** Writes a duration, in seconds, for people. */
export function formatDuration(seconds: number): string {
  if (seconds < 1) return "under 1 s";
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Writes an instant for people; all instants are UTC. */
export function formatMoment(instant: string): string {
  return instant.replace("T", " ").replace("Z", " UTC");
}

/** The outcome as a heading; a run without a verdict says why it has none. */
export function headline({ verdict, reason }: VerdictDocument): string {
  if (verdict !== null) return verdict;
  return reason.code === "verdict.rehearsed" ? "Rehearsed" : "Nothing to release";
}

/** A gate's leg, which its collector carries; people's answers are a record of their own. */
function isLeg({ stage, leg }: EvidenceRecord): boolean {
  return stage === "release-gates" && leg !== "" && leg !== approvalLeg;
}

function rowOf(check: EvidenceRecord["checks"][number], stage: string): FindingRow {
  const { title, result, required, because, code = "" } = check;
  return { stage, title, result, required, because, code, overridden: isOverridden(check) };
}

function secondsOf({ started, finished }: EvidenceRecord): number {
  return (Date.parse(finished) - Date.parse(started)) / 1000;
}
