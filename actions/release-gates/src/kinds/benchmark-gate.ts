import type { GateOf } from "#src/contract/config/gates";
import { canonicalJson } from "#src/domain/digest";
import type { StageReport } from "#src/domain/report";
import type { Worktree } from "#src/ports/worktrees";
import { inlineCode, table } from "#src/report/markdown";
import { judgeExecution } from "../decide-command.ts";
import { commandLog, runLine } from "../execution.ts";
import type { GateSeat } from "../gate-ports.ts";
import { doubt, type Finding, legReport } from "../leg-report.ts";
import { preflight } from "../preflight.ts";
import { type Comparison, compare, judgeBenchmark, type Sides } from "./judge-benchmark.ts";
import { type Measurement, readMeasurements } from "./measurements.ts";

type Policy = GateOf<"benchmark">;
type Side = keyof Sides;
type Halt = { finding: Finding; rest?: Pick<StageReport, "attachments" | "summary"> };

/** Judges a gate of kind `benchmark`: base and candidate in worktrees of one host, measured in turns. */
export async function runBenchmarkGate(policy: Policy, seat: GateSeat): Promise<StageReport> {
  const { candidate, ports, plan } = seat;
  const unready = await preflight(policy, candidate, ports);
  if (unready) return legReport(policy, unready);
  const missing = (found: string) =>
    legReport(policy, doubt("gates.perf-base-missing", `expected a base tag in the checkout, found ${found}`));
  const tag = policy.base ?? plan.record.release.base;
  if (tag === null) return missing("that the plan has none");
  const commit = await ports.worktrees.commitOf(tag);
  if (commit === undefined) return missing(`no ${tag}`);
  return inWorktree(policy, seat, commit, (base) =>
    inWorktree(policy, seat, candidate.sha, (young) =>
      measureBoth(policy, seat, { tag, trees: { base, candidate: young } }),
    ),
  );
}

/** Lends a worktree of a commit, and closes it whatever became of the work in it. */
async function inWorktree(
  policy: Policy,
  { ports }: GateSeat,
  commit: string,
  work: (tree: Worktree) => Promise<StageReport>,
): Promise<StageReport> {
  const tree = await ports.worktrees.open(commit);
  if ("broken" in tree) {
    const because = `expected a worktree of ${commit}, found: ${tree.broken}`;
    return legReport(policy, doubt("gates.perf-base-missing", because));
  }
  try {
    return await work(tree);
  } finally {
    await tree.close();
  }
}

async function measureBoth(
  policy: Policy,
  seat: GateSeat,
  { tag, trees }: { tag: string; trees: Record<Side, Worktree> },
): Promise<StageReport> {
  const { worktrees } = seat.ports;
  const host = worktrees.host();
  for (const side of ["base", "candidate"] as const) {
    const halt = await prepare(policy, seat, { side, tree: trees[side] });
    if (halt) return legReport(policy, halt.finding, halt.rest);
  }
  const sides: Sides = { base: [], candidate: [] };
  for (let run = 0; run < policy.runs; run += 1) {
    // Whoever goes first meets a colder machine, so the sides take turns in that too.
    for (const side of run % 2 === 0 ? (["base", "candidate"] as const) : (["candidate", "base"] as const)) {
      const measured = await measure(policy, seat, { side, tree: trees[side] });
      if ("finding" in measured) return legReport(policy, measured.finding, measured.rest);
      sides[side].push(measured.measurements);
    }
  }
  const after = worktrees.host();
  if (after !== host)
    return legReport(policy, doubt("gates.perf-host-differs", `expected one host, found ${host} and then ${after}`));
  const comparisons = compare(policy, sides);
  return legReport(policy, judgeBenchmark(policy, sides, comparisons), {
    attachments: [{ name: "benchmark.json", content: reportOf(policy, { tag, host, comparisons }) }],
    summary: shown(comparisons),
  });
}

async function prepare(
  policy: Policy,
  seat: GateSeat,
  { side, tree }: { side: Side; tree: Worktree },
): Promise<Halt | undefined> {
  if (policy.prepare === undefined) return undefined;
  const execution = await runIn(policy.prepare, policy, { seat, tree });
  return execution.exit === 0 ? undefined : haltOf(execution, side, seat);
}

async function measure(
  policy: Policy,
  seat: GateSeat,
  { side, tree }: { side: Side; tree: Worktree },
): Promise<{ measurements: Measurement[] } | Halt> {
  const execution = await runIn(policy.run, policy, { seat, tree });
  const bytes = await tree.takeResults();
  if (execution.exit !== 0) return haltOf(execution, side, seat);
  const rest = commandLog(execution, [seat.candidate.token]);
  if (!bytes) {
    const because = `expected results of the ${side} in $SEAWORTHY_RESULTS, found no file that can be read`;
    return { finding: doubt("gates.perf-runs-missing", because), rest };
  }
  try {
    return { measurements: readMeasurements(policy, new TextDecoder().decode(bytes)) };
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown;
    return { finding: doubt("gates.perf-results-unreadable", `${side}: ${thrown.message}`), rest };
  }
}

function runIn(line: string, policy: Policy, { seat, tree }: { seat: GateSeat; tree: Worktree }) {
  const { shell, checkout } = seat.ports;
  const environment = { ...checkout.environment, SEAWORTHY_RESULTS: tree.results };
  return runLine(line, policy, { shell, checkout: { ...checkout, directory: tree.directory, environment } });
}

/** A candidate that fails is at fault; a base that fails leaves nothing to compare with. */
function haltOf(execution: Parameters<typeof judgeExecution>[0], side: Side, { candidate }: GateSeat): Halt {
  const found = judgeExecution(execution);
  const because = `${side}: ${found.because}`;
  const rest = commandLog(execution, [candidate.token]);
  if (side === "candidate" || found.result !== "fail") return { finding: { ...found, because }, rest };
  return { finding: { ...doubt("gates.perf-runs-missing", because), evidence: found.evidence }, rest };
}

function reportOf(
  policy: Policy,
  { tag, host, comparisons }: { tag: string; host: string; comparisons: Comparison[] },
): string {
  return canonicalJson({
    "base-tag": tag,
    runs: policy.runs,
    host,
    thresholds: {
      threshold: policy.threshold,
      "noise-floor": policy["noise-floor"],
      "blocking-floors": policy["blocking-floors"],
    },
    "comparable-scenarios": comparisons.length,
    regressions: comparisons.filter(({ standing }) => standing === "regressed").map(({ scenario }) => scenario),
    comparisons,
  });
}

function shown(comparisons: Comparison[]): string {
  if (comparisons.length === 0) return "";
  const rows = comparisons.map(({ scenario, base, candidate, growth, standing }) => [
    inlineCode(scenario),
    String(base),
    String(candidate),
    growth === null ? "" : `${growth.toFixed(1)} %`,
    standing,
  ]);
  return table(["Scenario", "Base", "Candidate", "Growth", "Stands"], rows);
}
