import type * as z from "zod";
import { askingGates } from "#src/asking-gates";
import { applicableGates } from "#src/contract/config/applicable-gates";
import type { ApplicableGate } from "#src/contract/config/gates";
import { Failure } from "#src/domain/failure";
import type { StageReport } from "#src/domain/report";
import { insist } from "#src/receive-ledger";
import { type Planned, requirePlan, type StageContext } from "#src/stage-context";
import { runApprovalGate } from "./approval/approval-gate.ts";
import { askPeople } from "./approval/ask-people.ts";
import { withEarlierReviews } from "./approval/earlier-reviews.ts";
import { recordApproval } from "./approval/record-approval.ts";
import { fileBlockers } from "./blockers/file-blockers.ts";
import { judgeOpenBlockers } from "./blockers/open-blockers.ts";
import { summariseBlockers } from "./blockers/summarise-blockers.ts";
import { runChecksGate } from "./checks-gate.ts";
import { collectLegs, nextStep } from "./collect-legs.ts";
import { runCommandGate } from "./command-gate.ts";
import type { contract } from "./contract.ts";
import type { GatePorts, GateSeat } from "./gate-ports.ts";
import { judgeChain } from "./judge-chain.ts";
import { runAdvisoriesGate } from "./kinds/advisories-gate.ts";
import { runAttestationGate } from "./kinds/attestation-gate.ts";
import { runBenchmarkGate } from "./kinds/benchmark-gate.ts";
import { runDriftGate } from "./kinds/drift-gate.ts";
import { runFileGate } from "./kinds/file-gate.ts";
import { runIssuesGate } from "./kinds/issues-gate.ts";
import { judgeCalendar } from "./kinds/judge-calendar.ts";
import { judgeArchives } from "./kinds/judge-licences.ts";
import { runJunitGate } from "./kinds/junit-gate.ts";
import { runLogGate } from "./kinds/log-gate.ts";
import { judgePlanned } from "./kinds/planned-gate.ts";
import { runQuickstartGate } from "./kinds/quickstart-gate.ts";
import { runSarifGate } from "./kinds/sarif-gate.ts";
import { runSoakGate } from "./kinds/soak-gate.ts";
import { runCriteriaGate, runKnownFailuresGate } from "./kinds/tests-gates.ts";
import { legReport } from "./leg-report.ts";
import { planOverrides } from "./plan-overrides.ts";
import { runTopologyGate } from "./topology/topology-gate.ts";

const largestArchive = 512 * 1024 * 1024;

/** What the gate is handed for its surroundings has become part of the ports. */
type Given = Omit<z.output<typeof contract.inputs>, "variables" | "secrets">;

/** Runs the one gate that it is asked for, collects all legs, files blockers, or records who agreed. Throws `gates.gate-unknown`. */
export async function releaseGates(given: Given, context: StageContext, ports: GatePorts): Promise<StageReport> {
  if (given.mode === "file") return fileBlockers({ given, context, ports: ports.filing });
  insist(context.ledger);
  const planned = requirePlan(context);
  if (given.mode === "approve") return recordApproval(given, context, ports);
  if (given.gate === "") return collect(planned, { context, ports, secrets: [given["github-token"]] });
  const gates = applicableGates(planned.config);
  const policy = gates.find(({ id }) => id === given.gate);
  if (!policy) throw unknownGate(given.gate, gates);
  const candidate = { sha: planned.release.sha, token: given["github-token"] };
  const { plan, config, release } = planned;
  return runGate(policy, { candidate, ports, plan, config, version: release.version, tag: release.tag });
}

async function collect(
  planned: Planned,
  { context, ports, secrets }: { context: StageContext; ports: GatePorts; secrets: string[] },
): Promise<StageReport> {
  const { expected } = context;
  const report = await collectLegs(planned, { expected, store: ports.store, attempt: ports.filing.run.attempt });
  const judged = [...report.checks, judgeChain(planned.config), ...planOverrides(planned)];
  const checks = [...judged, ...(await judgeOpenBlockers({ planned, checks: judged }, ports.issues))];
  const summary = await summariseBlockers({ planned, checks, secrets }, expected, ports.filing);
  const asked = askPeople({ ...report, checks, summary, next: nextStep(checks, planned.release.sha) }, planned);
  return waitsForReview(planned) ? withEarlierReviews(asked, await ports.approvals.reviews()) : asked;
}

/** In a rehearsal nobody is asked, so that nobody can have answered too early. */
function waitsForReview(planned: Planned): boolean {
  const live = planned.release.mode === "live";
  return live && askingGates(planned).some(({ environment }) => environment !== undefined);
}

async function runGate(policy: ApplicableGate, seat: GateSeat): Promise<StageReport> {
  switch (policy.kind) {
    case "command":
      return runCommandGate(policy, seat.candidate, seat.ports);
    case "checks":
      return runChecksGate(policy, seat);
    case "junit":
      return runJunitGate(policy, seat);
    case "licences":
      return runFileGate(policy, seat, {
        largest: largestArchive,
        missing: "gates.licence-nothing-checked",
        judge: (files) => ({ finding: judgeArchives(policy.contains, files) }),
      });
    case "advisories":
      return runAdvisoriesGate(policy, seat);
    case "sarif":
      return runSarifGate(policy, seat);
    case "known-failures":
      return runKnownFailuresGate(policy, seat);
    case "criteria":
      return runCriteriaGate(policy, seat);
    case "attestation":
      return runAttestationGate(policy, seat);
    case "approval":
      return runApprovalGate(policy, seat);
    case "calendar":
      return legReport(policy, judgeCalendar(policy, seat.ports.clock.now()));
    case "benchmark":
      return runBenchmarkGate(policy, seat);
    case "drift":
      return runDriftGate(policy, seat);
    case "quickstart":
      return runQuickstartGate(policy, seat);
    case "soak":
      return runSoakGate(policy, seat);
    case "log":
      return runLogGate(policy, seat);
    case "topology":
      return runTopologyGate(policy, seat);
    case "issues":
      return runIssuesGate(policy, seat);
    case "lockstep":
    case "changelog":
      return legReport(policy, judgePlanned(policy.kind, seat.plan));
  }
}

function unknownGate(gate: string, gates: ApplicableGate[]): Failure {
  return new Failure({
    kind: "input",
    code: "gates.gate-unknown",
    message: `expected one of the gates ${gates.map(({ id }) => id).join(", ") || "(none)"}, found ${gate}`,
    hint: "Build the matrix from the `gates` output of plan-release.",
  });
}
