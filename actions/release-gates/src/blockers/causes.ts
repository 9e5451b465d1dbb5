import type { AdmittedRecord, Refusal } from "#src/domain/admission";
import type { Code } from "#src/domain/catalogue";
import type { EvidenceRecord } from "#src/domain/evidence";
import { isLaterLeg, laterLeg } from "#src/domain/later-leg";
import { type Ledger, nameOf, recordOf } from "#src/domain/ledger";
import type { JobResult } from "#src/domain/release-verdict";
import { type StageName, stageNames } from "#src/domain/stage";
import { type Check, conclude, standingAgainst } from "#src/domain/verdict";

/** The collector's own check on open blockers: a blocker about blockers would keep itself alive. */
export const openBlockersCheck = "blockers-none-open";

type Speaker = Pick<EvidenceRecord, "stage" | "leg">;

/** Why a release is blocked: what has to pass, and what was found instead. */
export interface Cause {
  origin: StageName | "job";
  /** What has to pass, in words that stay the same from run to run. */
  subject: string;
  /** Name of it for people. */
  gate: string;
  title: string;
  code: Code;
  because: string;
  evidence: string[];
}

/** What a run tells about blockers: why it is blocked, and each subject that has passed, with what shows it. */
export interface RunFindings {
  causes: Cause[];
  proven: Map<string, string>;
}

/**
 * Reads out of the records why the release is blocked. A collector that left no record counts as well, and so does each job
 * that broke off where no record tells why.
 */
export function findCauses({ admitted, refused }: Ledger, jobs: JobResult[]): RunFindings {
  const records = admitted.filter(({ record }) => !isGateLeg(record));
  const told = [
    ...records.flatMap(({ record }) => causesOfChecks(record, record.checks)),
    ...refused.map(refusalCause),
    ...silentCollector({ admitted, refused }),
  ];
  // A record that blocks explains the jobs that broke off, also where it is only about blockers that are open, or about people
  // who have not agreed: their decision is nothing to repair.
  const explained = told.length > 0 || admitted.some(({ record }) => record.verdict.result !== "pass");
  const broken = jobs.filter(({ result }) => result === "failure" || result === "cancelled");
  return { causes: explained ? told : broken.map(jobCause), proven: provenBy(records, jobs) };
}

/** Names what has to pass by stage and check; of a later look whatever its leg, as the target tells the release. */
export function subjectOf({ stage, leg }: Speaker, check = ""): string {
  return `${nameOf({ stage, leg: isLaterLeg(leg) ? laterLeg("") : leg })}#${check}`;
}

/** A gate speaks through its collector, and the filing run never about itself. */
function isGateLeg({ stage, leg }: EvidenceRecord): boolean {
  return stage === "release-gates" && leg !== "";
}

/**
 * Turns each required check that failed or is in doubt into a cause, so that no failure hides what else has to pass. A release
 * that is published in part is one cause: it lists every channel itself.
 */
export function causesOfChecks(record: Speaker, checks: Check[]): Cause[] {
  if (conclude(checks).result === "pass") return [];
  const against = standingAgainst(checks);
  if (against.length === 0) return [stageCause(record.stage, "all.not-run", "no required check ran", [])];
  const incident = against.find(({ code }) => code === "publish.partial");
  if (incident) return [checkCause(record, incident)];
  return against.filter(({ id }) => id !== openBlockersCheck).map((check) => checkCause(record, check));
}

function checkCause(record: Speaker, { id, title, code = "all.not-run", because, evidence }: Check): Cause {
  const gate = record.stage === "release-gates" ? id : `${nameOf(record)}: ${id}`;
  return { origin: record.stage, subject: subjectOf(record, id), gate, title, code, because, evidence };
}

function stageCause(stage: StageName, code: Code, because: string, evidence: string[]): Cause {
  const title = `Stage ${stage} leaves a record that holds`;
  return { origin: stage, subject: subjectOf({ stage, leg: "" }), gate: stage, title, code, because, evidence };
}

function refusalCause({ artifact, code, because }: Refusal): Cause {
  const stage = stageNames.find((name) => artifact.startsWith(`seaworthy-${name}-`)) ?? "verdict";
  return stageCause(stage, code, because, [artifact]);
}

/** GAT-45: a plan that wants a release and no word of the collector, which crashed or never ran. */
function silentCollector(ledger: Ledger): Cause[] {
  const plan = recordOf(ledger, "plan-release")?.record;
  const awaited = plan?.verdict.result === "pass" && plan.outcome === "release";
  const refused = ledger.refused.some(({ artifact }) => artifact.startsWith("seaworthy-release-gates-"));
  if (!awaited || refused || recordOf(ledger, "release-gates")) return [];
  const because =
    "expected the record of the collector of all gates, found none: it crashed, was cancelled or never ran";
  return [stageCause("release-gates", "all.evidence-missing", because, [])];
}

function jobCause({ job, result }: JobResult): Cause {
  const because = `expected the job to succeed, found that it ended ${result}, and no record tells why`;
  const named = { origin: "job" as const, subject: `job#${job}`, gate: `job ${job}`, title: `Job ${job} succeeds` };
  return { ...named, code: "verdict.job-failed", because, evidence: [] };
}

function provenBy(records: AdmittedRecord[], jobs: JobResult[]): Map<string, string> {
  const proven = new Map<string, string>();
  for (const { artifact, digest, record } of records) {
    for (const leg of new Set(["", record.leg]))
      proven.set(subjectOf({ stage: record.stage, leg }), `${artifact}@${digest}`);
    const passed = record.checks.filter(({ result }) => result === "pass");
    for (const { id } of passed) proven.set(subjectOf(record, id), `${artifact}@${digest}`);
  }
  for (const { job, result } of jobs) if (result === "success") proven.set(`job#${job}`, `job ${job} succeeded`);
  return proven;
}
