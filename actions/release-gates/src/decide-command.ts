import { stripVTControlCharacters } from "node:util";
import type { Code } from "#src/domain/catalogue";
import type { Execution } from "#src/ports/shell";
import { failureClass } from "./failure-class.ts";
import type { Finding } from "./leg-report.ts";
import { countTests } from "./test-count.ts";

/** What is known before a gate starts. */
export interface Readiness {
  /** Commit that is to be released. */
  sha: string;
  /** Programs that were looked for and not found. */
  missing: string[];
  /** Variables that are empty, each with its alternatives. */
  empty: string[][];
  /** Reading the commit of the checkout; undefined where nothing could be asked. */
  head: Execution | undefined;
}

/** Judges whether a gate may start at all: its tools and variables are there, and the checkout is the candidate. */
export function judgeReadiness({ sha, missing, empty, head }: Readiness): Finding | undefined {
  if (missing.length > 0) {
    const because = `expected ${missing.join(", ")} on PATH, found no such program`;
    return unproven("gates.tool-missing", because, ["class config"]);
  }
  if (empty.length > 0) {
    const names = empty.map((alternatives) => alternatives.join(" or ")).join(", ");
    const because = `expected ${names} in the job's environment, found it empty`;
    return { result: "fail", code: "gates.required-env-empty", because, evidence: ["class config"] };
  }
  const found = head?.exit === 0 ? head.output.trim() : undefined;
  if (found === undefined) {
    const because = `expected a checkout of ${sha}, found no commit that git can read`;
    return unproven("gates.checkout-unreadable", because, ["class config"]);
  }
  if (found === sha) return undefined;
  const because = `expected a checkout of ${sha}, found ${found}`;
  return { result: "fail", code: "gates.sha-mismatch", because, evidence: ["class config"] };
}

/** Judges the attempt to write to the folders that a gate needs. Undefined where all can be written. */
export function judgeScratch(folders: string[], { exit, output }: Execution): Finding | undefined {
  if (exit === 0) return undefined;
  const because = `expected to write to ${folders.join(", ")} and to the temporary folder, found: ${output.trim() || "no answer"}`;
  return { result: "fail", code: "gates.scratch-unwritable", because, evidence: ["class config"] };
}

/**
 * Judges a command and what it says of its tests: one that its runners count as no test at all proves nothing, and where a
 * least number is asked for, it must have been executed.
 */
export function judgeCommand(least: number | undefined, execution: Execution): Finding {
  const finding = judgeExecution(execution);
  if (finding.result !== "pass") return finding;
  const count = countTests(execution.output);
  if (!count) {
    if (least === undefined) return finding;
    const because = `expected at least ${least} executed tests, found no closing line of a known test runner`;
    return unproven("gates.tests-uncounted", because, finding.evidence);
  }
  const told = `${count.executed} executed and ${count.skipped} skipped tests (${count.runners.join(", ")})`;
  if (count.executed === 0) {
    return unproven("gates.zero-tests", `expected executed tests, found ${told}`, finding.evidence);
  }
  if (count.executed < (least ?? 1)) {
    return unproven(
      "gates.too-few-tests",
      `expected at least ${least} executed tests, found ${told}`,
      finding.evidence,
    );
  }
  return { ...finding, because: `${finding.because}, with ${told}` };
}

/** Judges how a command ended: exit code 0 passes, and nothing else does. */
export function judgeExecution(execution: Execution): Finding {
  const { ending, exit, outputDigest } = execution;
  const output = stripVTControlCharacters(execution.output);
  const took = `after ${seconds(execution.duration)}`;
  const log = `log ${outputDigest}`;
  switch (ending) {
    case "exited":
      if (exit === 0 && !missesScratch.test(output)) {
        return { result: "pass", because: `exited with 0 ${took}`, evidence: ["exit 0", log] };
      }
      return failed(
        exit === 0
          ? `expected tools that find their place to write, found exit code 0 ${took}`
          : `expected exit code 0, found ${exit} ${took}`,
        output,
        [`exit ${exit}`, log],
      );
    case "signalled":
      return failed(`expected exit code 0, found an end by a signal ${took}`, output, [log]);
    case "not-started":
      return unproven("gates.not-run", `expected the command to start, found: ${output}`, ["class config", log]);
    case "timed-out":
      return late(`expected an end ${within(execution, "timeout")}, found none; it was stopped ${took}`, execution);
    case "idle":
      return late(
        `expected output ${within(execution, "idle-timeout")}, found none; it was stopped ${took}`,
        execution,
      );
  }
}

/** A tool that misses its place for temporary files has not judged the product, whatever its exit code says. */
const missesScratch =
  /\b(mktemp|mkdtemp|temporary (?:directory|folder|file)|tempdir|tempfile|scratch)\b.*no such file or directory|no such file or directory.*\b(mktemp|mkdtemp|temporary (?:directory|folder|file)|tempdir|tempfile|scratch)\b/i;

function failed(because: string, output: string, evidence: string[]): Finding {
  const line = missesScratch.exec(output)?.[0];
  if (line) {
    const told = `${because}; the log says: ${line.slice(0, 200)}`;
    return {
      result: "fail",
      code: "gates.scratch-unwritable",
      because: told,
      evidence: ["class environment", ...evidence],
    };
  }
  const kind = failureClass(output);
  const hint = kind === "environment" ? "; the log speaks of the environment, not of the product" : "";
  return { result: "fail", code: "gates.failed", because: because + hint, evidence: [`class ${kind}`, ...evidence] };
}

/** The limit itself: what was stopped had ten seconds more to end in order. */
function within({ limit }: Execution, key: string): string {
  return `within the gate's \`${key}\`${limit === undefined ? "" : ` of ${seconds(limit)}`}`;
}

function late(because: string, { output, outputDigest }: Execution): Finding {
  return unproven("gates.timeout", because, [`class ${failureClass(output)}`, `log ${outputDigest}`]);
}

function unproven(code: Code, because: string, evidence: string[]): Finding {
  return { result: "inconclusive", code, because, evidence };
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1_000).toFixed(1)} s`;
}
