import { amount } from "#src/domain/amount";
import { type Code, catalogue } from "#src/domain/catalogue";
import { chainComplaints, identityComplaints } from "#src/domain/chain";
import type { EvidenceRecord } from "#src/domain/evidence";
import type { Override } from "#src/domain/override";
import type { ReleaseVerdict, VerdictDocument } from "#src/domain/release-verdict";
import { type Check, conclude } from "#src/domain/verdict";
import type { Facts } from "./facts.ts";
import { judgeLeftOut } from "./judge-left-out.ts";
import { judgeOverrides, overridesOf } from "./judge-overrides.ts";
import { type ExpectedStage, judgeStage, stageOfArtifact } from "./judge-stage.ts";
import { whatIsLive } from "./what-is-live.ts";

/** The outcome of a release, with the checks that led to it. */
export interface Ruling {
  verdict: ReleaseVerdict;
  outcome: VerdictDocument["outcome"];
  reason: { code: Code; text: string };
  checks: Check[];
  next: string;
}

const expected: ExpectedStage[] = [
  "plan-release",
  "release-gates",
  "auto-tag",
  "build-manifest",
  "publish-verify",
  "smoke-test",
  "watch-window",
];

/** The same, to look any stage up: one that a release does not need stands nowhere in it. */
const order: string[] = expected;

/** Judges the evidence: each expected stage in order, then what was handed over besides, the chain and the identity. */
export function judgeEvidence(facts: Facts): Check[] {
  const idle = idleEnd(facts);
  const proven = idle ? idle.before : expected;
  const stages = [...proven.map((stage) => judgeStage(stage, facts)), ...(idle ? idleChecks(idle.record) : [])];
  return [
    ...stages,
    strayCheck(facts),
    chainCheck(facts),
    identityCheck(facts),
    ...judgeLeftOut(facts),
    ...judgeOverrides(facts),
    jobsCheck(facts),
  ];
}

/**
 * Rules on the outcome from all checks. Anything unproven is `Aborted`, with the code of the first check in order that
 * decided; what is live although aborted is said by a check of its own. A rehearsal never has a verdict.
 */
export function rule(facts: Facts, checks: Check[]): Ruling {
  const { result, decidedBy } = conclude(checks);
  if (result !== "pass") return abort(facts, checks, decidedBy);

  const idle = idleEnd(facts);
  if (idle)
    return withoutVerdict(checks, "verdict.nothing-to-release", `There is nothing to release. ${idle.record.next}`);
  const overrides = overridesOf(facts);
  const verdict = overrides.length > 0 ? ("Released-with-override" as const) : ("Released" as const);
  if (facts.mode === "rehearsal") {
    const text = `This was a rehearsal: every stage is proven, and a live run of this plan would be ${verdict}.`;
    return withoutVerdict(checks, "verdict.rehearsed", text);
  }
  if (overrides.length > 0) return { verdict, checks, ...withOverrides(overrides) };
  const text = `All ${expected.length} stages are proven, and the chain of evidence is intact.`;
  const reason = { code: "verdict.all-proven" as const, text };
  return { verdict, outcome: "release", reason, checks, next: "Nothing is left to do." };
}

/** The name of the verdict and its reason say what was overridden; the release is never called proven. */
function withOverrides(overrides: Override[]): Pick<Ruling, "outcome" | "reason" | "next"> {
  const told = overrides.map(({ code, actor, reason }) => `${code} by ${actor} (${reason})`).join("; ");
  const text = `All stages are proven but for what was overridden: ${told}.`;
  return {
    outcome: "release",
    reason: { code: "verdict.overridden", text },
    next: catalogue["verdict.overridden"].remedy,
  };
}

/**
 * Finds the stage at which the run rightly ended without a release: the plan, or a tag stage that leaves the version's class
 * out. It passed, and nothing behind it went on; a run in which another stage did is not idle.
 */
function idleEnd({ admitted, refused }: Facts): { record: EvidenceRecord; before: ExpectedStage[] } | undefined {
  const at = expected.findIndex((stage) => admitted.some(({ record }) => isIdle(record, stage)));
  const end = admitted.find(({ record }) => record.stage === expected[at])?.record;
  const later = admitted.some(({ record }) => order.indexOf(record.stage) > at);
  return end && !later && refused.length === 0 ? { record: end, before: expected.slice(0, at) } : undefined;
}

function isIdle({ stage, outcome, verdict }: EvidenceRecord, wanted: ExpectedStage): boolean {
  return stage === wanted && outcome === "no-release" && verdict.result === "pass";
}

function withoutVerdict(checks: Check[], code: Code, text: string): Ruling {
  const next =
    code === "verdict.rehearsed"
      ? "Start the same release in live mode; its plan digest must equal this one."
      : "Nothing is left to do.";
  return { verdict: null, outcome: "no-release", reason: { code, text }, checks, next };
}

function abort(facts: Facts, checks: Check[], decidedBy: string[]): Ruling {
  const first = checks.find(({ id }) => decidedBy.includes(id));
  const live = whatIsLive(facts);
  const code = first?.code ?? "verdict.undetermined";
  const reason = { code, text: first ? reasonOf(first) : "No check ran." };
  const remedy = catalogue[code].remedy;
  if (live.length === 0) {
    return {
      verdict: "Aborted",
      outcome: "blocked",
      reason,
      checks,
      next: `${remedy} No evidence shows a write to the world.`,
    };
  }
  const next = `${remedy} What is live already stays as it is.`;
  return { verdict: "Aborted", outcome: "blocked", reason, checks: [...checks, uncleanCheck(live)], next };
}

function reasonOf({ id, title, because }: Check): string {
  const stage = expected.find((one) => id === `stage-${one}`);
  return stage ? `Stage ${stage} is not proven: ${because}` : `Expected: ${title}. Found: ${because}`;
}

function uncleanCheck(live: string[]): Check {
  return {
    id: "abort-clean",
    title: "An aborted release leaves nothing live",
    required: true,
    result: "fail",
    code: "verdict.abort-not-clean",
    because: `${live.join("; ")}. A person decides: correct the cause and rerun, or fix forward with the next version`,
    evidence: [],
  };
}

function idleChecks({ stage: end, next: because }: EvidenceRecord): Check[] {
  return expected.slice(order.indexOf(end)).map((stage) => {
    const named = { id: `stage-${stage}`, title: `Stage ${stage} is proven`, required: true, because, evidence: [] };
    return stage === end
      ? { ...named, result: "pass" as const }
      : { ...named, result: "not-applicable" as const, code: "verdict.nothing-to-release" as const };
  });
}

function strayCheck({ refused }: Facts): Check {
  const strays = refused.filter(({ artifact }) => !expected.some((stage) => stageOfArtifact(artifact) === stage));
  const [first] = strays;
  return finding({
    id: "evidence-holds",
    title: "Every record that was handed over holds",
    code: first?.code ?? "all.evidence-mismatch",
    complaints: strays.map(({ artifact, because }) => `${artifact}: ${because}`),
    pass: "no record of another origin was handed over",
  });
}

function chainCheck({ admitted, legs }: Facts): Check {
  return finding({
    id: "chain-intact",
    title: "Every link of the chain leads to a record that holds",
    code: "verdict.chain-broken",
    complaints: chainComplaints([...admitted, ...legs]),
    unasked: admitted.length === 0,
    pass: `followed ${amount(
      [...admitted, ...legs].reduce((sum, { record }) => sum + record.consumed.length, 0),
      "link",
    )}`,
  });
}

function identityCheck({ admitted, legs }: Facts): Check {
  return finding({
    id: "one-release",
    title: "Every record speaks of the same release and policy",
    code: "all.evidence-mismatch",
    complaints: identityComplaints([...admitted, ...legs]),
    unasked: admitted.length === 0,
    pass: `${amount(admitted.length + legs.length, "record")} with the same repository, tag, version, commit and policy`,
  });
}

/** GitHub's own word on the jobs counts beside the records: one that broke off is not explained away by evidence. */
function jobsCheck({ jobs }: Facts): Check {
  const broken = jobs.filter(({ result }) => result === "failure" || result === "cancelled");
  const told = finding({
    id: "jobs-succeeded",
    title: "No job of the run failed or was cancelled",
    code: "verdict.job-failed",
    complaints: broken.map(({ job, result }) => `job ${job} ended ${result}`),
    pass: `of ${amount(jobs.length, "job")} none broke off`,
  });
  return jobs.length > 0
    ? told
    : {
        ...told,
        required: false,
        result: "inconclusive",
        code: "verdict.jobs-untold",
        because: "no results were handed over",
      };
}

interface Question {
  id: string;
  title: string;
  code: Code;
  complaints: string[];
  pass: string;
  /** Whether there was nothing to ask about, which proves nothing. */
  unasked?: boolean;
}

function finding({ id, title, code, complaints, pass, unasked = false }: Question): Check {
  const named = { id, title, required: true, evidence: [] };
  if (unasked) {
    return { ...named, result: "inconclusive", code: "verdict.evidence-missing", because: "no record was admitted" };
  }
  if (complaints.length === 0) return { ...named, result: "pass", because: pass };
  return { ...named, result: "fail", code, because: complaints.join("; ") };
}
