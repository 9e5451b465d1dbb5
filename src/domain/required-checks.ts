import type { Code } from "#src/domain/catalogue";
import type { Check, CheckResult } from "#src/domain/verdict";

/** One run of a check on a commit, in GitHub's own words; a commit status is told in the words of a check run. */
export interface CheckRun {
  /** Grows with time: of two runs, the newer has the larger one. */
  id: number;
  name: string;
  /** Commit that it ran on. */
  sha: string;
  /** GitHub's progress of it: `completed`, or any word for what has not ended. */
  phase: string;
  /** GitHub's conclusion; null until it has completed. */
  conclusion: string | null;
  completed: Date | null;
  url: string;
}

/** What was found about one required check. */
export interface CheckFinding {
  name: string;
  run: CheckRun | undefined;
  result: CheckResult;
  code?: Code;
  because: string;
}

type Judgement = Pick<CheckFinding, "result" | "code">;

const conclusions = new Map<string, Judgement>([
  ["success", { result: "pass" }],
  ["failure", { result: "fail", code: "gates.ci-failed" }],
  ["startup_failure", { result: "fail", code: "gates.ci-failed" }],
  ["skipped", { result: "inconclusive", code: "gates.ci-skipped" }],
  ["neutral", { result: "inconclusive", code: "gates.ci-skipped" }],
  ["stale", { result: "inconclusive", code: "gates.ci-skipped" }],
  ["cancelled", { result: "inconclusive", code: "gates.ci-cancelled" }],
  ["timed_out", { result: "inconclusive", code: "gates.ci-cancelled" }],
  ["action_required", { result: "inconclusive", code: "gates.ci-cancelled" }],
]);

const running = new Set(["queued", "in_progress", "waiting", "requested", "pending"]);
const waitable: (Code | undefined)[] = ["gates.ci-pending", "gates.ci-no-run"];

/**
 * Judges each required check by every run of its name on exactly this commit. GitHub lists the newest run of each suite, so
 * what is left under one name are different suites, such as those of a push and of a pull request: the worst decides.
 */
export function judgeChecks(names: string[], runs: CheckRun[], sha: string): CheckFinding[] {
  return names.map((name) => {
    const own = runs.filter((run) => run.name === name).sort((a, b) => b.id - a.id);
    const stranger = own.find((run) => run.sha !== sha);
    if (stranger) return foreignRun(name, stranger, sha);
    const [newest = judgeRun(name, undefined), ...others] = own.map((run) => judgeRun(name, run));
    return others.reduce((worst, finding) => (gravity(finding) > gravity(worst) ? finding : worst), newest);
  });
}

function gravity({ result }: CheckFinding): number {
  return ["pass", "inconclusive", "fail"].indexOf(result);
}

/** Tells whether time alone can still turn the findings into a pass. */
export function isWorthWaiting(findings: CheckFinding[]): boolean {
  const open = findings.filter(({ result }) => result !== "pass");
  return open.length > 0 && open.every(({ code }) => waitable.includes(code));
}

/** Joins the findings into one: a failure before a doubt, a doubt before a pass, the configuration's order within. */
export function joinFindings(
  findings: CheckFinding[],
  sha: string,
): Pick<Check, "result" | "code" | "because" | "evidence"> {
  const evidence = findings.flatMap(({ run }) => run?.url || []);
  const blocking = ["fail", "inconclusive"].flatMap((result) =>
    findings.filter((finding) => finding.result === result),
  );
  const [first] = blocking;
  if (!first)
    return { result: "pass", because: `${findings.map(({ name }) => name).join(", ")} succeeded on ${sha}`, evidence };
  const because = blocking.map(({ name, because }) => `${name} ${because}`).join("; ");
  return { result: first.result, code: first.code ?? "gates.ci-unknown", because, evidence };
}

function judgeRun(name: string, run: CheckRun | undefined): CheckFinding {
  if (!run) {
    const because = "never ran on this commit";
    return { name, run, result: "inconclusive", code: "gates.ci-no-run", because };
  }
  if (run.phase !== "completed") {
    const code = running.has(run.phase) ? "gates.ci-pending" : "gates.ci-unknown";
    return { name, run, result: "inconclusive", code, because: `has not ended, it is ${run.phase}` };
  }
  const because = `concluded ${run.conclusion ?? "without a conclusion"}`;
  const judgement = conclusions.get(run.conclusion ?? "");
  return { name, run, because, ...(judgement ?? { result: "inconclusive", code: "gates.ci-unknown" }) };
}

function foreignRun(name: string, run: CheckRun, sha: string): CheckFinding {
  const because = `ran on ${run.sha}, not on ${sha}`;
  return { name, run, result: "fail", code: "gates.ci-sha-mismatch", because };
}
