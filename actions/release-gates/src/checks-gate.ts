import { awaitChecks } from "#src/await-checks";
import type { GateOf } from "#src/contract/config/gates";
import { canonicalJson } from "#src/domain/digest";
import { formatInstant } from "#src/domain/instant";
import type { StageReport } from "#src/domain/report";
import { type CheckFinding, joinFindings } from "#src/domain/required-checks";
import type { CheckRuns } from "#src/ports/check-runs";
import type { Clock } from "#src/ports/clock";
import { escapeMarkdown, inlineCode, table } from "#src/report/markdown";
import { legReport } from "./leg-report.ts";
import type { Candidate } from "./preflight.ts";

type ChecksPolicy = GateOf<"checks">;
type Ports = { checkRuns: CheckRuns; clock: Clock };

/** Judges a gate of kind `checks`: asks for the check runs on the candidate, and waits for them as long as the gate says. */
export async function runChecksGate(policy: ChecksPolicy, candidate: Candidate, ports: Ports): Promise<StageReport> {
  const { sha, token } = candidate;
  if (token === "") {
    const because = "expected a token with `checks: read` in `github-token`, found none";
    return legReport(policy, { result: "inconclusive", code: "gates.ci-token-missing", because, evidence: [] });
  }
  const findings = await awaitChecks(policy, sha, ports);
  return legReport(policy, joinFindings(findings, sha), {
    attachments: [{ name: "check-runs.json", content: canonicalJson(findings.map(plain)) }],
    summary: checksTable(findings),
  });
}

function plain({ name, run, result, code = null, because }: Omit<CheckFinding, "code"> & { code?: string | null }) {
  const completed = run?.completed ? formatInstant(run.completed) : null;
  return { name, result, code, because, run: run ? { ...run, completed } : null };
}

function checksTable(findings: CheckFinding[]): string {
  const rows = findings.map(({ name, run, because, code }) => [
    escapeMarkdown(name),
    escapeMarkdown(because),
    code ? inlineCode(code) : "",
    run ? link(run.url) : "",
  ]);
  return table(["Check", "Found", "Code", "Run"], rows);
}

function link(url: string): string {
  return /^https?:\/\/[^\s()<>|\\]+$/.test(url) ? `[open](${url})` : inlineCode(url);
}
