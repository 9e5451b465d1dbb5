import type { GateOf } from "#src/contract/config/gates";
import { readRisk } from "#src/domain/changes/risk-document";
import { canonicalJson } from "#src/domain/digest";
import { joinReports, readReport, type TestResults } from "#src/domain/junit-report";
import type { StageReport } from "#src/domain/report";
import { inlineCode, table } from "#src/report/markdown";
import type { GateSeat } from "../gate-ports.ts";
import { doubt, type Finding, legReport } from "../leg-report.ts";
import { type Conclusion, type ReadFile, runFileGate } from "./file-gate.ts";
import { idsOf, judgeTests } from "./judge-junit.ts";

/** Bytes that one test report may have. */
export const largestReport = 64 * 1024 * 1024;

const listed = 50;

/** Judges a gate of kind `junit`. */
export async function runJunitGate(policy: GateOf<"junit">, seat: GateSeat): Promise<StageReport> {
  const required = policy["must-run"] ? readRisk(seat.plan)?.["must-run"] : [];
  if (!required) {
    const because = "expected the plan to say which tests the changes require, found that it does not";
    return legReport(policy, doubt("gates.must-run-missing", because));
  }
  const rules = { ...policy, mustRun: required.map(({ test }) => test) };
  return runFileGate(policy, seat, {
    largest: largestReport,
    missing: "gates.report-missing",
    judge: (files, { exit }) => overReports(files, (results) => judgeTests(rules, results, exit)),
  });
}

/** Reads test reports and judges what they say together; one that cannot be read makes all of them doubtful. */
export function overReports(files: ReadFile[], judge: (results: TestResults) => Finding): Conclusion {
  const reports: TestResults[] = [];
  for (const { path, bytes } of files) {
    try {
      reports.push(readReport(bytes));
    } catch (thrown) {
      if (!(thrown instanceof RangeError)) throw thrown;
      const because = `${path}: ${thrown.message}`;
      return { finding: { result: "inconclusive", code: "gates.report-unreadable", because, evidence: [] } };
    }
  }
  const results = joinReports(reports);
  return { finding: judge(results), ...shown(results) };
}

function shown(results: TestResults): Pick<Conclusion, "attachments" | "summary"> {
  const [failed, skipped] = [idsOf(results, "failed"), idsOf(results, "skipped")];
  const rows = [...failed.map((id) => [id, "failed"]), ...skipped.map((id) => [id, "skipped"])].slice(0, listed);
  return {
    attachments: [{ name: "tests.json", content: canonicalJson(Object.fromEntries(results.tests)) }],
    summary:
      rows.length === 0
        ? ""
        : table(
            ["Test", "Ended"],
            rows.map(([id = "", ending = ""]) => [inlineCode(id), ending]),
          ),
  };
}
