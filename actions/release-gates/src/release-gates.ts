import type * as z from "zod";
import type { GatePolicy } from "#src/contract/config/gates";
import { Failure } from "#src/domain/failure";
import type { StageReport } from "#src/domain/report";
import type { CheckRuns } from "#src/ports/check-runs";
import type { Clock } from "#src/ports/clock";
import type { LedgerStore } from "#src/ports/ledger-store";
import { requirePlan, type StageContext } from "#src/stage-context";
import { runChecksGate } from "./checks-gate.ts";
import { collectLegs } from "./collect-legs.ts";
import { runCommandGate } from "./command-gate.ts";
import type { contract } from "./contract.ts";
import type { PreflightPorts } from "./preflight.ts";

/** What the stage asks and uses. */
export interface GatePorts extends PreflightPorts {
  checkRuns: CheckRuns;
  clock: Clock;
  store: LedgerStore;
}

type Given = z.output<typeof contract.inputs>;

/** Runs the one gate that it is asked for, or collects the legs of all. Throws `gates.gate-unknown`. */
export async function releaseGates(given: Given, context: StageContext, ports: GatePorts): Promise<StageReport> {
  const planned = requirePlan(context);
  if (given.gate === "") return collectLegs(planned, context.expected, ports.store);
  const { gates } = planned.config;
  const policy = gates.find(({ id }) => id === given.gate);
  if (!policy) throw unknownGate(given.gate, gates);
  const candidate = { sha: planned.release.sha, token: given["github-token"] };
  return policy.kind === "command" ? runCommandGate(policy, candidate, ports) : runChecksGate(policy, candidate, ports);
}

function unknownGate(gate: string, gates: GatePolicy[]): Failure {
  return new Failure({
    kind: "input",
    code: "gates.gate-unknown",
    message: `expected one of the gates ${gates.map(({ id }) => id).join(", ") || "(none)"}, found ${gate}`,
    hint: "Build the matrix from the `gates` output of plan-release.",
  });
}
