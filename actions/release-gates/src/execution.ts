import { join } from "node:path";
import { milliseconds } from "#src/contract/config/fields";
import { closingExcerpt, excerpt, redact } from "#src/domain/log-excerpt";
import type { StageReport } from "#src/domain/report";
import { hideTokens } from "#src/domain/token-shapes";
import type { Execution, Shell } from "#src/ports/shell";
import { codeBlock } from "#src/report/markdown";
import type { WorkingCopy } from "./preflight.ts";

/** How a gate wants its commands run. */
export interface ExecutionPolicy {
  directory?: string | undefined;
  timeout: string;
  "idle-timeout"?: string | undefined;
}

/** Runs one command line of a gate in its directory, within its time. Its output comes without what was withheld from it. */
export async function runLine(
  line: string,
  policy: ExecutionPolicy,
  { shell, checkout }: { shell: Shell; checkout: WorkingCopy },
): Promise<Execution> {
  const idle = policy["idle-timeout"];
  const limits = { timeout: milliseconds(policy.timeout), idle: idle === undefined ? undefined : milliseconds(idle) };
  const execution = await shell.run({
    line,
    directory: join(checkout.directory, policy.directory ?? "."),
    environment: checkout.environment,
    timeout: limits.timeout,
    ...(limits.idle === undefined ? {} : { idleTimeout: limits.idle }),
  });
  const output = redact(execution.output, checkout.secrets);
  if (execution.ending === "timed-out") return { ...execution, output, limit: limits.timeout };
  return execution.ending === "idle" ? { ...execution, output, limit: limits.idle } : { ...execution, output };
}

/** Shows a command's log, secrets redacted and what looks like one: whole as an attachment, both ends of it in the summary; a part's under its name. */
export function commandLog(execution: Execution, secrets: string[], part = "") {
  const name = part === "" ? "log.txt" : `log-${part}.txt`;
  const heading = part === "" ? "" : `**${part}**\n\n`;
  return {
    attachments: [{ name, content: hideTokens(redact(execution.output, secrets)) }],
    summary: heading + logSummary(execution, secrets),
  } satisfies Pick<StageReport, "attachments" | "summary">;
}

function logSummary({ output }: Execution, secrets: string[]): string {
  const [head, tail] = [excerpt(output, secrets), closingExcerpt(output, secrets)];
  if (head === "") return "_The command wrote nothing._";
  const end = head === tail ? [] : ["The log ends:", codeBlock(tail)];
  return ["The log begins:", codeBlock(head), ...end].join("\n\n");
}
