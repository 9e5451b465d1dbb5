import type { GateOf } from "#src/contract/config/gates";
import type { StageReport } from "#src/domain/report";
import type { Execution } from "#src/ports/shell";
import { judgeCommand } from "./decide-command.ts";
import { commandLog, runLine } from "./execution.ts";
import { joinParts, runParts } from "./gate-parts.ts";
import { type Finding, legReport } from "./leg-report.ts";
import { type Candidate, type PreflightPorts, preflight } from "./preflight.ts";
import { judgeSelfTest, type Proof } from "./self-test.ts";

type CommandPolicy = GateOf<"command">;

/** What bash exits with for a program that it cannot find or start. */
const notFound = [126, 127];

/** Runs a gate of kind `command`: its preconditions first, then its self-test, then the command and its parts. */
export async function runCommandGate(
  policy: CommandPolicy,
  candidate: Candidate,
  ports: PreflightPorts,
): Promise<StageReport> {
  const unready = (await preflight(policy, candidate, ports)) ?? (await testItself(policy, ports));
  if (unready) return legReport(policy, unready);
  const whole = policy.run === undefined ? undefined : await runLine(policy.run, policy, ports);
  const parts = await runParts(policy, whole, ports);
  const own = whole && judged(policy, whole);
  const logs = [
    ...(whole ? [commandLog(whole, [candidate.token])] : []),
    ...parts.flatMap(({ id, execution }) => (execution ? [commandLog(execution, [candidate.token], id)] : [])),
  ];
  return legReport(policy, parts.length === 0 && own ? own : joinParts(own, parts), {
    parts: parts.map(({ check }) => check),
    attachments: logs.flatMap(({ attachments }) => attachments),
    summary: logs.map(({ summary }) => summary).join("\n\n"),
  });
}

async function testItself(policy: CommandPolicy, ports: PreflightPorts): Promise<Finding | undefined> {
  const lines = policy["self-test"];
  if (!lines) return undefined;
  const good = await runLine(lines.good, policy, ports);
  const bad = await runLine(lines.bad, policy, ports);
  return judgeSelfTest(proof(policy, good), proof(policy, bad));
}

/** A line that was stopped, or whose program bash did not find, has judged nothing. */
function proof(policy: CommandPolicy, execution: Execution): Proof {
  const { ending, exit = 0 } = execution;
  return { finding: judged(policy, execution), looked: ending === "exited" && !notFound.includes(exit) };
}

function judged(policy: CommandPolicy, execution: Execution): Finding {
  return judgeCommand(policy["min-executed"], execution);
}
