import type { GateOf } from "#src/contract/config/gates";
import type { StageReport } from "#src/domain/report";
import type { Execution } from "#src/ports/shell";
import { judgeExecution } from "../decide-command.ts";
import { commandLog, runLine } from "../execution.ts";
import type { GateSeat } from "../gate-ports.ts";
import { doubt, type Finding, legReport } from "../leg-report.ts";
import { preflight } from "../preflight.ts";
import { readQuickstart, type ShownCommand } from "./quickstart.ts";

const largest = 1024 * 1024;

/** Judges a gate of kind `quickstart`: types the block in one shell, and compares what is printed with what is shown. */
export async function runQuickstartGate(policy: GateOf<"quickstart">, seat: GateSeat): Promise<StageReport> {
  const { candidate, ports } = seat;
  const unready = await preflight(policy, candidate, ports);
  if (unready) return legReport(policy, unready);
  const [document] = await ports.files.matching([policy.file], largest);
  const text = document?.bytes ? new TextDecoder().decode(document.bytes) : undefined;
  const commands = text === undefined ? undefined : readQuickstart(text, policy.marker);
  if (!commands) {
    const because = `expected a block of commands under <!-- ${policy.marker} --> in ${policy.file}, found none`;
    return legReport(policy, doubt("gates.docs-unreadable", because));
  }
  const execution = await runLine(lineOf(commands, policy.prepare), policy, ports);
  return legReport(policy, judgeQuickstart(commands, execution), commandLog(execution, [candidate.token]));
}

/** Judges what the commands printed: all of it where the block shows some, in which a line `...` stands for any lines. */
export function judgeQuickstart(commands: ShownCommand[], execution: Execution): Finding {
  const finding = judgeExecution(execution);
  if (finding.code === "gates.failed") return { ...finding, code: "gates.docs-mismatch" };
  if (finding.result !== "pass") return finding;
  const printed = execution.output.split(/^--- quickstart \d+ ---\n/m).slice(1);
  const wrong = commands.findIndex(
    ({ output }, index) => output !== undefined && !agrees(output, printed[index] ?? ""),
  );
  const command = commands[wrong];
  if (!command) return { ...finding, because: `${commands.length} commands of the documentation do what it says` };
  const because = `expected \`${command.line}\` to print ${quoted(command.output)}, found ${quoted(printed[wrong])}`;
  return { ...finding, result: "fail", code: "gates.docs-mismatch", because };
}

function lineOf(commands: ShownCommand[], prepare: string | undefined): string {
  const steps = commands.map(({ line }, index) => `echo '--- quickstart ${index + 1} ---'\n${line}`);
  return [...(prepare === undefined ? [] : [prepare]), ...steps].join("\n");
}

function agrees(shown: string, printed: string): boolean {
  const literal = (line: string) => line.trimEnd().replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const lines = shown.trim().split("\n");
  const pattern = lines.map((line) => (line.trim() === "..." ? "[\\s\\S]*" : literal(line))).join("\\s*\\n");
  return new RegExp(`^\\s*${pattern}\\s*$`).test(printed);
}

function quoted(text = ""): string {
  return JSON.stringify(text.trim().slice(0, 200));
}
