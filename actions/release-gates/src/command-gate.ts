import { join } from "node:path";
import { milliseconds } from "#src/contract/config/fields";
import type { GatePolicy } from "#src/contract/config/gates";
import { closingExcerpt, excerpt, redact } from "#src/domain/log-excerpt";
import type { StageReport } from "#src/domain/report";
import type { Execution, Shell } from "#src/ports/shell";
import { codeBlock } from "#src/report/markdown";
import { judgeExecution, judgeReadiness, type Readiness } from "./decide-command.ts";
import { legReport } from "./leg-report.ts";

/** Where commands of the project run, and the whole environment that they get. */
export interface WorkingCopy {
  directory: string;
  environment: Record<string, string>;
  /** What was withheld from that environment: texts that no log may show. */
  secrets: string[];
}

/** The commit that the gate judges, and the token that no log may show. */
export interface Candidate {
  sha: string;
  token: string;
}

type CommandPolicy = Extract<GatePolicy, { kind: "command" }>;
type Ports = { shell: Shell; checkout: WorkingCopy };

const readHead = `git -c safe.directory='*' rev-parse --verify 'HEAD^{commit}'`;

/** Runs a gate of kind `command` in the checkout of the candidate: tools first, then the commit, then the command. */
export async function runCommandGate(policy: CommandPolicy, candidate: Candidate, ports: Ports): Promise<StageReport> {
  const unready = judgeReadiness(await lookAround(policy, candidate, ports));
  if (unready) return legReport(policy, unready);
  const { directory, environment } = ports.checkout;
  const secrets = [candidate.token, ...ports.checkout.secrets];
  const execution = await ports.shell.run({
    line: policy.run,
    directory: join(directory, policy.directory ?? "."),
    environment,
    timeout: milliseconds(policy.timeout),
  });
  return legReport(policy, judgeExecution({ ...execution, output: redact(execution.output, secrets) }), {
    attachments: [{ name: "log.txt", content: redact(execution.output, secrets) }],
    summary: logSummary(execution, secrets),
  });
}

async function lookAround({ tools }: CommandPolicy, { sha }: Candidate, ports: Ports): Promise<Readiness> {
  const { shell, checkout } = ports;
  const programs = [...new Set([...tools, "git"])];
  const paths = await Promise.all(programs.map((program) => shell.which(program)));
  const missing = programs.filter((_program, index) => paths[index] === undefined);
  if (missing.length > 0) return { sha, missing, head: undefined };
  const { directory, environment } = checkout;
  return { sha, missing, head: await shell.run({ directory, environment, line: readHead, timeout: 60_000 }) };
}

function logSummary({ output }: Execution, secrets: string[]): string {
  const [head, tail] = [excerpt(output, secrets), closingExcerpt(output, secrets)];
  if (head === "") return "_The command wrote nothing._";
  const end = head === tail ? [] : ["The log ends:", codeBlock(tail)];
  return ["The log begins:", codeBlock(head), ...end].join("\n\n");
}
