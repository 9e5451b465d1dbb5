import type { GateOf } from "#src/contract/config/gates";
import type { StageReport } from "#src/domain/report";
import { escapeMarkdown, inlineCode, table } from "#src/report/markdown";
import type { GateSeat } from "../gate-ports.ts";
import { type Conclusion, type ReadFile, runFileGate } from "./file-gate.ts";
import { judgeScan, type ScanRun, weigh } from "./judge-advisories.ts";
import { readScan } from "./read-scan.ts";
import type { Scan } from "./scan.ts";

type Policy = GateOf<"advisories">;

const largest = 64 * 1024 * 1024;

/** Judges a gate of kind `advisories`. */
export function runAdvisoriesGate(policy: Policy, seat: GateSeat): Promise<StageReport> {
  return runFileGate(policy, seat, {
    largest,
    missing: "gates.deps-unassessable",
    judge: (files, run) => judgeOutputs(policy, files, { ...run, now: seat.ports.clock.now() }),
  });
}

/** Judges each output; one that is not the tool's makes the gate inconclusive, unless another is already against a release. */
function judgeOutputs(policy: Policy, files: ReadFile[], run: ScanRun): Conclusion {
  const scans: Scan[] = [];
  const broken: string[] = [];
  for (const { path, bytes } of files) {
    try {
      scans.push(readScan(policy.format, new TextDecoder().decode(bytes)));
    } catch (thrown) {
      if (!(thrown instanceof RangeError)) throw thrown;
      broken.push(`${path}: ${thrown.message}`);
    }
  }
  const findings = scans.map((scan) => judgeScan(policy, scan, run));
  const summary = shown(policy, scans, run.now);
  const failed = findings.find(({ result }) => result === "fail");
  if (!failed && broken.length > 0) {
    const because = broken.join("; ");
    return { finding: { result: "inconclusive", code: "gates.deps-unassessable", because, evidence: [] }, summary };
  }
  const doubtful = findings.find(({ result }) => result === "inconclusive");
  const because = findings.map((finding) => finding.because).join("; ");
  return { finding: failed ?? doubtful ?? { result: "pass", because, evidence: [] }, summary };
}

function shown(policy: Policy, scans: Scan[], now: Date): string {
  const rows = scans.flatMap(({ advisories }) =>
    advisories.map((advisory) => [
      inlineCode(advisory.id),
      inlineCode(advisory.dependency),
      escapeMarkdown(advisory.severity ?? "unknown"),
      weigh(policy, advisory, now),
      escapeMarkdown(advisory.title.slice(0, 120)),
    ]),
  );
  return rows.length === 0 ? "" : table(["Advisory", "Dependency", "Severity", "Stands", "Title"], rows);
}
