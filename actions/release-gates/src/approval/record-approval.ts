import type * as z from "zod";
import { askingGates } from "#src/asking-gates";
import { milliseconds } from "#src/contract/config/fields";
import type { GateOf } from "#src/contract/config/gates";
import type { AdmittedRecord } from "#src/domain/admission";
import { approvalLeg } from "#src/domain/approval";
import { catalogue } from "#src/domain/catalogue";
import { Failure } from "#src/domain/failure";
import { recordOf } from "#src/domain/ledger";
import type { StageReport } from "#src/domain/report";
import { type Check, conclude, decidingCode } from "#src/domain/verdict";
import { type Planned, requirePlan, type StageContext } from "#src/stage-context";
import type { contract } from "../contract.ts";
import type { GatePorts } from "../gate-ports.ts";
import { approvalFiles, type Decided } from "./approval-files.ts";
import { findEarlierAnswers } from "./earlier-answers.ts";
import { markEarlier } from "./earlier-reviews.ts";
import { judgeAnswers, type Ruling } from "./judge-answers.ts";
import type { Heard, Question } from "./read-answers.ts";
import { readComments } from "./read-comments.ts";

type Given = Pick<z.output<typeof contract.inputs>, "gate" | "answered-at" | "approval-environment">;
type Ports = Pick<GatePorts, "approvals" | "issues" | "clock" | "store"> & { filing: Pick<GatePorts["filing"], "run"> };
type Policy = GateOf<"approval">;

const pollEvery = 30_000;

/**
 * Records who agreed to the release, after the collection and before the tag. In a rehearsal nobody is asked. Throws
 * `gates.gate-unknown` where no gate asks anybody.
 */
export async function recordApproval(given: Given, context: StageContext, ports: Ports): Promise<StageReport> {
  const planned = requirePlan(context);
  const asking = askingGates(planned);
  if (given.gate !== "" || asking.length === 0) throw nothingToAsk(given.gate);
  const collector = recordOf(context.ledger, "release-gates");
  const early = judgeCollection(collector, planned);
  if (!collector || early.result !== "pass") return reportOf(planned, [early], []);
  if (planned.release.mode === "rehearsal") return reportOf(planned, [early, ...asking.map(unasked)], []);

  const { attempt } = ports.filing.run;
  const decidedBefore = await findEarlierAnswers(ports.store, { expected: context.expected, attempt });
  if (decidedBefore.length > 0) return reportOf(planned, [early, ...decidedBefore], []);

  const scene = await sceneOf(given, planned, { asking, collector, ports });
  const decided: Decided[] = [];
  for (const policy of asking) decided.push({ policy, ruling: await decide(policy, scene) });
  const checks = decided.map(({ policy, ruling }) => checkOf(policy, ruling.finding));
  return reportOf(planned, [early, ...checks], approvalFiles(planned.release, decided));
}

interface Scene extends Omit<Question, "policy" | "now"> {
  said: Omit<Heard, "comments">;
  /** When the plan was made, with which the release began. */
  started: Date;
  ports: Ports;
}

async function sceneOf(
  given: Given,
  { release, plan }: Planned,
  { asking, collector, ports }: { asking: Policy[]; collector: AdmittedRecord; ports: Ports },
): Promise<Scene> {
  const { approvals } = ports;
  const ofEnvironments = asking.some(({ environment }) => environment !== undefined);
  const [actors, author, reviews] = await Promise.all([
    approvals.actors(),
    approvals.author(release.sha),
    ofEnvironments ? approvals.reviews() : [],
  ]);
  const { "answered-at": answeredAt, "approval-environment": heldBy } = given;
  const reviewed = answeredAt === "" ? undefined : new Date(answeredAt);
  return {
    ...{ release, people: { author, actors }, ports },
    ...{ collected: new Date(collector.record.finished), started: new Date(plan.record.started) },
    said: { reviews: markEarlier(reviews, collector), reviewed, heldBy },
  };
}

/** Looks as often as the gate lets it wait: a person may still answer, and whoever rejected is not waited for. */
async function decide(policy: Policy, { ports, said, started, ...rest }: Scene): Promise<Ruling> {
  const { issues, clock } = ports;
  const until = clock.now().getTime() + (policy.wait === undefined ? 0 : milliseconds(policy.wait));
  const onIssue = policy.fallback === "issue";
  const listening = { tag: rest.release.tag, approvers: policy.approvers };
  for (;;) {
    const comments = onIssue ? await readComments(issues, { ...listening, started }) : [];
    const ruling = judgeAnswers({ ...rest, policy, now: clock.now() }, { ...said, comments });
    const left = until - clock.now().getTime();
    const { result, code } = ruling.finding;
    const settled = result === "pass" || code === "gates.aborted-by-decision" || code === "all.decision-timeout";
    if (!onIssue || settled || left <= 0) return ruling;
    await clock.sleep(Math.min(pollEvery, left));
  }
}

/** People decide with the gates' result in view; what they said of another commit or of open gates would be worth nothing. */
function judgeCollection(collector: AdmittedRecord | undefined, { release }: Planned): Check {
  const check = {
    id: "gates-collected",
    title: "The gates had been collected and passed",
    required: true,
    evidence: [],
  };
  if (!collector) {
    const because = "expected the collector's record, found none";
    return { ...check, result: "inconclusive", code: "all.evidence-missing", because };
  }
  const { verdict, release: judged } = collector.record;
  if (verdict.result !== "pass" || judged.sha !== release.sha) {
    const because = `expected the gates of ${release.sha} to have passed, found ${verdict.result} on ${judged.sha}`;
    return { ...check, result: "fail", code: "gates.approval-early", because };
  }
  return { ...check, result: "pass", because: `as ${collector.digest} says`, evidence: [collector.digest] };
}

function unasked(policy: Policy): Check {
  const because = "a rehearsal must not need a person; a live run asks one";
  return checkOf(policy, { result: "not-applicable", code: "gates.approval-rehearsed", because, evidence: [] });
}

function checkOf({ id, title = `Gate ${id} holds`, required }: Policy, finding: Ruling["finding"]): Check {
  return { id, title, required, ...finding };
}

function reportOf(
  { release }: Planned,
  checks: Check[],
  attachments: NonNullable<StageReport["attachments"]>,
): StageReport {
  const code = decidingCode(checks);
  const next = conclude(checks).result === "pass" ? `Tag ${release.sha}.` : code ? catalogue[code].remedy : "";
  return { leg: approvalLeg, checks, attachments, next };
}

function nothingToAsk(gate: string): Failure {
  return new Failure({
    kind: "input",
    code: "gates.gate-unknown",
    message: `expected a gate of kind \`approval\` that asks people, and no \`gate\`, found ${gate || "none"}`,
    hint: "Use `mode: approve` only where the collector's output `approval` is `wanted`.",
  });
}
