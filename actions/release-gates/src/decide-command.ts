import type { Execution } from "#src/ports/shell";
import { failureClass } from "./failure-class.ts";
import type { Finding } from "./leg-report.ts";

/** What is known before a command starts. */
export interface Readiness {
  /** Commit that is to be released. */
  sha: string;
  /** Programs that were looked for and not found. */
  missing: string[];
  /** Reading the commit of the checkout; undefined where nothing could be asked. */
  head: Execution | undefined;
}

/** Judges whether a command may start at all: its tools are there, and the checkout is the candidate. */
export function judgeReadiness({ sha, missing, head }: Readiness): Finding | undefined {
  if (missing.length > 0) {
    const because = `expected ${missing.join(", ")} on PATH, found no such program`;
    return { result: "inconclusive", code: "gates.tool-missing", because, evidence: ["class config"] };
  }
  const found = head?.exit === 0 ? head.output.trim() : undefined;
  if (found === undefined) {
    const because = `expected a checkout of ${sha}, found no commit that git can read`;
    return { result: "inconclusive", code: "gates.checkout-unreadable", because, evidence: ["class config"] };
  }
  if (found === sha) return undefined;
  const because = `expected a checkout of ${sha}, found ${found}`;
  return { result: "fail", code: "gates.sha-mismatch", because, evidence: ["class config"] };
}

/** Judges how a command ended: exit code 0 passes, and nothing else does. */
export function judgeExecution(execution: Execution): Finding {
  const { ending, exit, outputDigest, output } = execution;
  const took = `after ${seconds(execution.duration)}`;
  const log = `log ${outputDigest}`;
  switch (ending) {
    case "exited":
      if (exit === 0) return { result: "pass", because: `exited with 0 ${took}`, evidence: ["exit 0", log] };
      return failed(`expected exit code 0, found ${exit} ${took}`, output, [`exit ${exit}`, log]);
    case "signalled":
      return failed(`expected exit code 0, found an end by a signal ${took}`, output, [log]);
    case "not-started":
      return unproven("gates.not-run", `expected the command to start, found: ${output}`, ["class config", log]);
    case "timed-out":
    case "idle":
      return unproven("gates.timeout", `expected an end in time, found the command still running ${took}`, [
        `class ${failureClass(output)}`,
        log,
      ]);
  }
}

function failed(because: string, output: string, evidence: string[]): Finding {
  const kind = failureClass(output);
  const hint = kind === "environment" ? "; the log speaks of the environment, not of the product" : "";
  return { result: "fail", code: "gates.failed", because: because + hint, evidence: [`class ${kind}`, ...evidence] };
}

function unproven(code: "gates.not-run" | "gates.timeout", because: string, evidence: string[]): Finding {
  return { result: "inconclusive", code, because, evidence };
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1_000).toFixed(1)} s`;
}
