import type { GateOf } from "#src/contract/config/gates";
import type { StageReport } from "#src/domain/report";
import { commandLog, runLine } from "../execution.ts";
import type { GateSeat } from "../gate-ports.ts";
import { doubt, legReport } from "../leg-report.ts";
import { preflight } from "../preflight.ts";
import { readQuickstart } from "./quickstart.ts";
import { judgeQuickstart, lineOf, nonceOf } from "./type-quickstart.ts";

const largest = 1024 * 1024;

/** Judges a gate of kind `quickstart`: types the block in one shell, and compares what is printed with what is shown. */
export async function runQuickstartGate(policy: GateOf<"quickstart">, seat: GateSeat): Promise<StageReport> {
  const { candidate, ports } = seat;
  const unready = await preflight(policy, candidate, ports);
  if (unready) return legReport(policy, unready);
  const [document] = await ports.files.matching([policy.file], largest);
  const text = document?.bytes ? new TextDecoder().decode(document.bytes) : undefined;
  const commands = text === undefined ? undefined : readQuickstart(text, policy.marker);
  if (text === undefined || !commands) {
    const because = `expected a block of commands under <!-- ${policy.marker} --> in ${policy.file}, found none`;
    return legReport(policy, doubt("gates.docs-unreadable", because));
  }
  const nonce = nonceOf(text, candidate.sha);
  const execution = await runLine(lineOf(commands, { prepare: policy.prepare, nonce }), policy, ports);
  return legReport(policy, judgeQuickstart(commands, execution, nonce), commandLog(execution, [candidate.token]));
}
