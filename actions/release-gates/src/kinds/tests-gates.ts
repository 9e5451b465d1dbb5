import type { GateOf } from "#src/contract/config/gates";
import type { StageReport } from "#src/domain/report";
import { escapeMarkdown, inlineCode, table } from "#src/report/markdown";
import type { GateSeat } from "../gate-ports.ts";
import { doubt, legReport } from "../leg-report.ts";
import { runFileGate } from "./file-gate.ts";
import { criteriaSchema, type JudgedCriterion, judgeCriteria, judgeEach } from "./judge-criteria.ts";
import { judgeWholeness } from "./judge-junit.ts";
import { baselineSchema, judgeKnownFailures } from "./judge-known-failures.ts";
import { largestReport, overReports } from "./junit-gate.ts";
import { readDocument } from "./read-document.ts";

/** Judges a gate of kind `known-failures`; the baseline is read before the command could touch it. */
export async function runKnownFailuresGate(policy: GateOf<"known-failures">, seat: GateSeat): Promise<StageReport> {
  const { files, clock } = seat.ports;
  const baseline = await readDocument(files, policy.baseline, baselineSchema);
  if ("broken" in baseline) return legReport(policy, doubt("gates.baseline-unreadable", baseline.broken));
  const known = {
    baseline: baseline.value,
    onFixed: policy["on-fixed"],
    now: clock.now(),
    findingExits: policy["finding-exits"],
  };
  return runFileGate(policy, seat, {
    largest: largestReport,
    missing: "gates.report-missing",
    judge: (reports, { exit }) => overReports(reports, (results) => judgeKnownFailures(results, { ...known, exit })),
  });
}

/** Judges a gate of kind `criteria`; the criteria are read before the command could touch them. */
export async function runCriteriaGate(policy: GateOf<"criteria">, seat: GateSeat): Promise<StageReport> {
  const criteria = await readDocument(seat.ports.files, policy.criteria, criteriaSchema);
  if ("broken" in criteria) return legReport(policy, doubt("gates.criteria-unreadable", criteria.broken));
  const excluded = policy.excluded.map(({ id }) => id);
  return runFileGate(policy, seat, {
    largest: largestReport,
    missing: "gates.report-missing",
    judge(reports, { exit }) {
      let judged: JudgedCriterion[] = [];
      const conclusion = overReports(reports, (results) => {
        judged = judgeEach(criteria.value, results, excluded);
        const finding = judgeCriteria(judged, exit);
        return finding.result === "fail" ? finding : (judgeWholeness(results) ?? finding);
      });
      return { ...conclusion, summary: shown(judged) };
    },
  });
}

function shown(judged: JudgedCriterion[]): string {
  if (judged.length === 0) return "";
  const rows = judged.map(({ criterion: { id, text, tests }, state }) => [
    inlineCode(id),
    escapeMarkdown(text),
    state,
    tests.map(inlineCode).join(" "),
  ]);
  return table(["Criterion", "Text", "State", "Tests"], rows);
}
