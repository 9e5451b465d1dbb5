import type { AdmittedRecord } from "#src/domain/admission";
import { approvalLeg, isUnanswered } from "#src/domain/approval";
import type { Code } from "#src/domain/catalogue";
import type { EvidenceRecord } from "#src/domain/evidence";
import { nameOf } from "#src/domain/ledger";
import { isOverridden } from "#src/domain/override";
import type { JobResult } from "#src/domain/release-verdict";
import { type StageName, stageNames } from "#src/domain/stage";
import { type Check, decidingCode, standingAgainst } from "#src/domain/verdict";
import type { Facts } from "./facts.ts";
import { consumersJob, jobsOf } from "./job-names.ts";

/** Checks that are told with their findings; those behind them are named. */
const mostTold = 20;

/** The stages that every release must prove, in the order of the chain. */
export type ExpectedStage = keyof typeof jobsOf;

/** Tells which stage an artifact's name belongs to; undefined for a name of another form. */
export function stageOfArtifact(artifact: string): StageName | undefined {
  return stageNames.find((stage) => artifact.startsWith(`seaworthy-${stage}-`));
}

/**
 * Judges whether a stage is proven: its record was admitted, its checks say that it passed, and it released.
 * An unproven stage is a definite no here, so the first one in order decides.
 */
export function judgeStage(stage: ExpectedStage, facts: Facts): Check {
  const refusals = facts.refused.filter(({ artifact }) => stageOfArtifact(artifact) === stage);
  const [refusal] = refusals;
  if (refusal) return unproven(stage, refusal.code, refusals.map(({ because }) => because).join("; "));

  const records = facts.admitted.filter(({ record }) => record.stage === stage);
  const whole = records.some(({ record }) => isWhole(record));
  const against = records.map(objection).find((found) => found !== undefined);
  // What was looked at before the upload, and holds, says nothing of what users get.
  if (!whole && (!against || stage === "release-gates")) return missing(stage, facts.jobs);
  if (against) return unproven(stage, ...against);
  if (isUnanswered(records.map(({ record }) => record))) {
    return unproven(stage, "gates.approval-missing", `the gates passed, and no record of people's answers came`);
  }
  return {
    ...question(stage),
    result: "pass",
    because: `${records.map(({ record }) => nameOf(record)).join(", ")} passed${overrideNote(records)}, and the evidence holds`,
    evidence: records.map(({ digest }) => digest),
  };
}

/** Only the record without leg tells what users get, and joins the systems; approvals are no answer of the gates. */
function isWhole({ stage, leg }: EvidenceRecord): boolean {
  return stage === "publish-verify" || stage === "smoke-test" ? leg === "" : leg !== approvalLeg;
}

function overrideNote(records: AdmittedRecord[]): string {
  const codes = records.flatMap(({ record }) => record.checks.filter(isOverridden)).map(({ code }) => code);
  return codes.length === 0 ? "" : ` with an override of ${[...new Set(codes)].join(", ")}`;
}

function objection({ record }: AdmittedRecord): [Code, string] | undefined {
  const code = decidingCode(record.checks);
  if (code) return [code, reasonsOf(record.checks) || "no required check ran"];
  if (record.outcome === "release") return undefined;
  return ["verdict.phase-unexplained", `the stage passed with outcome ${record.outcome}: ${record.next}`];
}

function reasonsOf(checks: Check[]): string {
  const against = standingAgainst(checks);
  const told = against.slice(0, mostTold).map(({ title, because }) => `${title}: ${because}`);
  const rest = against.slice(mostTold).map(({ id }) => id);
  return [...told, ...(rest.length > 0 ? [`and ${rest.length} more: ${rest.join(", ")}`] : [])].join("; ");
}

function missing(stage: ExpectedStage, jobs: JobResult[]): Check {
  const own = jobs.filter(({ job }) => jobsOf[stage].includes(job));
  const ended = (result: JobResult["result"]) => own.find((one) => one.result === result);

  const cancelled = ended("cancelled");
  if (cancelled) return unproven(stage, "all.interrupted", `no record came, and job ${cancelled.job} was cancelled`);
  const failed = ended("failure");
  if (failed) return unproven(stage, "verdict.stage-failed", `no record came, and job ${failed.job} failed`);
  const cause = likelyCause(stage, jobs);
  const skipped = ended("skipped");
  if (skipped) {
    return unproven(stage, "verdict.stage-skipped", `no record came, and job ${skipped.job} was skipped${cause}`);
  }
  const writer = own.find(({ job, result }) => result === "success" && job !== consumersJob);
  if (writer) {
    const output = writer.job === "prepare" ? "records" : "record";
    const because = `job ${writer.job} succeeded but handed over no record: pass its \`${output}\` output in \`records\`${cause}`;
    return unproven(stage, "verdict.evidence-missing", because);
  }
  const because = cause === "" ? "no record came, and no job tells why" : `no record came${cause}`;
  return unproven(stage, "verdict.evidence-missing", because);
}

/** Names every job that broke off, the consumer's own ones included; a job of a later stage cannot be the cause. */
function likelyCause(stage: ExpectedStage, jobs: JobResult[]): string {
  const stages = Object.values(jobsOf);
  const place = stages.indexOf(jobsOf[stage]);
  const upToHere = stages.slice(0, place + 1).flat();
  const later = stages.slice(place + 1).flat();
  const named = jobs
    .filter(({ job }) => upToHere.includes(job) || !later.includes(job))
    .flatMap(({ job, result }) => {
      if (result === "failure") return [`job ${job} failed`];
      return result === "cancelled" ? [`job ${job} was cancelled`] : [];
    });
  return named.length === 0 ? "" : `; likely cause: ${named.join(", ")}`;
}

function unproven(stage: ExpectedStage, code: Code, because: string): Check {
  return { ...question(stage), result: "fail", code, because, evidence: [] };
}

function question(stage: ExpectedStage): Pick<Check, "id" | "title" | "required"> {
  return { id: `stage-${stage}`, title: `Stage ${stage} is proven`, required: true };
}
