import type { ScenarioPolicy } from "#src/contract/config/smoke-scenario";
import type { StepOf } from "#src/contract/config/smoke-steps";
import { readReport } from "#src/domain/junit-report";
import type { Execution } from "#src/ports/shell";
import { judgeFiles, judgeModels, judgeOutput, judgeWritten } from "./expectations.ts";
import type { FileContents, Finding, StepFacts } from "./trial.ts";

/** What steps are judged by besides themselves. */
export interface Terms {
  scenario: ScenarioPolicy;
  /** Version that the product must name. */
  version: string;
  /** Values of the parameters that the scenario uses. */
  parameters: ReadonlyMap<string, string>;
}

type CommandFacts = Extract<StepFacts, { kind: "command" }>;

/** Judges a command by how it ended, what it printed, what it wrote, and which tests it says it executed. */
export function judgeCommand(step: StepOf<"command">, facts: CommandFacts, terms: Terms): Finding[] {
  const { execution, files } = facts;
  const ending = judgeEnding(execution, { wanted: step.expect.exit ?? 0, limits: limitsOf(step, terms) });
  if (execution.ending !== "exited") return ofInstaller(step, ending);
  const found = [
    ...ending,
    ...judgeOutput(step.expect, execution.output, terms.version),
    ...judgeFiles(step.expect, files),
    ...judgeWritten(step.expect, facts),
    ...judgeModels(step.expect, { files, parameters: terms.parameters }),
    ...judgeResults(step, files),
  ];
  return ofInstaller(step, found);
}

/** What keeps the product's own installer from its end is a failed installation; another version keeps its name. */
function ofInstaller({ installs }: StepOf<"command">, findings: Finding[]): Finding[] {
  if (!installs) return findings;
  return findings.map((finding) =>
    finding.class === "product" && finding.code !== "smoke.wrong-version"
      ? { ...finding, code: "smoke.install-failed" }
      : finding,
  );
}

/** Judges how a command ended: in its time, not silent for too long, with the expected exit code. */
export function judgeEnding(
  { ending, exit, output }: Execution,
  { wanted, limits }: { wanted: number; limits: { timeout: string; idle: string } },
): Finding[] {
  switch (ending) {
    case "not-started": {
      const because = `expected the command to start, found: ${output}`;
      return [{ code: "smoke.harness-failed", class: "harness", because }];
    }
    case "timed-out":
      return [hung(`expected it to end within ${limits.timeout}, found it running; it was stopped`)];
    case "idle":
      return [hung(`expected some output within ${limits.idle}, found it silent; it was stopped`)];
    case "signalled":
      return [failed(`expected exit code ${wanted}, found the command ended by a signal`)];
    case "exited":
      return exit === wanted ? [] : [failed(`expected exit code ${wanted}, found ${exit}`)];
  }
}

/** Names the limits of a step for people. */
export function limitsOf({ timeout }: { timeout?: string | undefined }, { scenario }: Pick<Terms, "scenario">) {
  return { timeout: timeout ?? scenario.timeout, idle: scenario["idle-timeout"] };
}

function judgeResults({ results }: StepOf<"command">, files: FileContents): Finding[] {
  if (!results) return [];
  const bytes = files.get(results.junit);
  if (!bytes) return [failed(`expected the report ${results.junit}, found none`)];
  try {
    const { tests, unexplained, incomplete } = readReport(bytes);
    const endings = [...tests.values()];
    const skipped = endings.filter((ending) => ending === "skipped").length;
    const failures = endings.filter((ending) => ending === "failed").length;
    const found = `${endings.length - skipped} executed, ${skipped} skipped and ${failures} failed`;
    const complaints = [...unexplained, ...incomplete];
    const few = endings.length - skipped < results["min-executed"] || skipped > results["max-skipped"];
    const wanted = `at least ${results["min-executed"]} tests executed and at most ${results["max-skipped"]} skipped`;
    return [
      ...(few ? [{ ...failed(`expected ${wanted}, found ${found}`), code: "smoke.too-few-executed" as const }] : []),
      ...(failures > 0 ? [failed(`expected every test to pass, found ${found}`)] : []),
      ...complaints.map((complaint) => failed(`expected a whole report, found that ${complaint}`)),
    ];
  } catch (error) {
    return [
      failed(
        `expected a JUnit report in ${results.junit}, found another: ${error instanceof Error ? error.message : error}`,
      ),
    ];
  }
}

function hung(because: string): Finding {
  return { code: "smoke.hung", class: "product", because };
}

function failed(because: string): Finding {
  return { code: "smoke.case-failed", class: "product", because };
}
