import type { GateOf } from "#src/contract/config/gates";
import type { StageReport } from "#src/domain/report";
import { escapeMarkdown, inlineCode, table } from "#src/report/markdown";
import type { GateSeat } from "../gate-ports.ts";
import { doubt, legReport } from "../leg-report.ts";
import { type Conclusion, type ReadFile, runFileGate } from "./file-gate.ts";
import { blocks, judgeLogs } from "./judge-sarif.ts";
import { readSarif, type SarifLog, type SarifResult } from "./sarif-log.ts";

type Policy = GateOf<"sarif">;

const largest = 64 * 1024 * 1024;
const listed = 50;

/** Judges a gate of kind `sarif`; the baseline is read before the command could touch it. */
export async function runSarifGate(policy: Policy, seat: GateSeat): Promise<StageReport> {
  const known = await readBaseline(policy, seat);
  if ("broken" in known) return legReport(policy, doubt("gates.sarif-baseline-unreadable", known.broken));
  return runFileGate(policy, seat, {
    largest,
    missing: "gates.report-missing",
    judge: (files, { exit }) => judgeFiles(policy, files, { baseline: known.results, exit }),
  });
}

async function readBaseline({ baseline }: Policy, { ports }: GateSeat): Promise<SarifLog | { broken: string }> {
  if (baseline === undefined) return { runs: 0, results: [], incomplete: [] };
  const [file] = await ports.files.matching([baseline], largest);
  if (!file?.bytes) return { broken: `expected a file ${baseline}, found none that can be read` };
  return readLog({ path: file.path, bytes: file.bytes });
}

function judgeFiles(policy: Policy, files: ReadFile[], known: { baseline: SarifResult[]; exit: number }): Conclusion {
  const read = files.map(readLog);
  const logs = read.flatMap((log) => ("broken" in log ? [] : [log]));
  const broken = read.flatMap((log) => ("broken" in log ? [log.broken] : []));
  const finding = judgeLogs(policy, logs, known);
  const against = logs.flatMap(({ results }) => results).filter((result) => blocks(policy, result, known.baseline));
  const unread = broken.length > 0 && finding.result !== "fail";
  return {
    finding: unread ? doubt("gates.report-unreadable", broken.join("; ")) : finding,
    summary:
      against.length === 0 ? "" : table(["Rule", "Level", "Place", "Message"], against.slice(0, listed).map(row)),
  };
}

function readLog({ path, bytes }: ReadFile): SarifLog | { broken: string } {
  try {
    return readSarif(new TextDecoder().decode(bytes));
  } catch (thrown) {
    if (thrown instanceof RangeError) return { broken: `${path}: ${thrown.message}` };
    throw thrown;
  }
}

function row({ rule, level, place, message }: SarifResult): string[] {
  return [inlineCode(rule), level, inlineCode(place), escapeMarkdown(message.slice(0, 200))];
}
