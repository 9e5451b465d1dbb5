import { milliseconds } from "#src/contract/config/fields";
import type { GatePolicy } from "#src/contract/config/gates";
import { canonicalJson } from "#src/domain/digest";
import { formatInstant } from "#src/domain/instant";
import type { StageReport } from "#src/domain/report";
import type { CheckRuns } from "#src/ports/check-runs";
import type { Clock } from "#src/ports/clock";
import { escapeMarkdown, inlineCode, table } from "#src/report/markdown";
import type { Candidate } from "./command-gate.ts";
import { type CheckFinding, isWorthWaiting, joinFindings, judgeChecks } from "./decide-checks.ts";
import { legReport } from "./leg-report.ts";

type ChecksPolicy = Extract<GatePolicy, { kind: "checks" }>;
type Ports = { checkRuns: CheckRuns; clock: Clock };

const pollEvery = 15_000;

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

/** Looks every 15 seconds; what is decided at the very end of the wait still counts. */
async function awaitChecks({ checks, wait }: ChecksPolicy, sha: string, ports: Ports): Promise<CheckFinding[]> {
  const { checkRuns, clock } = ports;
  const until = clock.now().getTime() + (wait === undefined ? 0 : milliseconds(wait));
  for (;;) {
    const findings = judgeChecks(checks, await checkRuns.forCommit(sha, checks), sha);
    const left = until - clock.now().getTime();
    if (left <= 0 || !isWorthWaiting(findings)) return findings;
    await clock.sleep(Math.min(pollEvery, left));
  }
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
