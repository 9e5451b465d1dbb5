import { awaitChecks } from "#src/await-checks";
import type { GateOf } from "#src/contract/config/gates";
import { checkNames } from "#src/contract/config/gates/checks";
import { canonicalJson } from "#src/domain/digest";
import { formatInstant } from "#src/domain/instant";
import type { StageReport } from "#src/domain/report";
import { type CheckFinding, joinFindings } from "#src/domain/required-checks";
import { escapeMarkdown, inlineCode, table } from "#src/report/markdown";
import { type CommitClues, explainChecks } from "./explain-checks.ts";
import type { GateSeat } from "./gate-ports.ts";
import { legReport } from "./leg-report.ts";
import { preflight } from "./preflight.ts";
import { branchesOf } from "./release-branches.ts";
import { readWorkflows } from "./topology/read-workflows.ts";

type ChecksPolicy = GateOf<"checks">;

/**
 * Judges a gate of kind `checks`: asks for the check runs on the candidate, and waits for them as long as the gate says.
 * Where the checkout is the candidate, its workflows and its message tell more about what did not run.
 */
export async function runChecksGate(policy: ChecksPolicy, seat: GateSeat): Promise<StageReport> {
  const { sha, token } = seat.candidate;
  if (token === "") {
    const because = "expected a token with `checks: read` in `github-token`, found none";
    return legReport(policy, { result: "inconclusive", code: "gates.ci-token-missing", because, evidence: [] });
  }
  const judged = await awaitChecks({ checks: checkNames(policy), wait: policy.wait }, sha, seat.ports);
  const legs = checkNames({ checks: [], matrix: policy.matrix });
  const findings = explainChecks(judged, legs, await cluesOf(seat));
  return legReport(policy, joinFindings(findings, sha), {
    attachments: [{ name: "check-runs.json", content: canonicalJson(findings.map(plain)) }],
    summary: checksTable(findings),
  });
}

/** A checkout of another commit, or none, tells nothing. */
async function cluesOf({ candidate, config, plan, ports }: GateSeat): Promise<CommitClues> {
  const [branch] = branchesOf(undefined, { config, plan });
  const { repository } = plan.record.release;
  if (await preflight({ tools: [], environment: [] }, candidate, ports)) {
    return { workflows: [], written: undefined, branch, repository };
  }
  const line = `git -c safe.directory='*' show -s --format='%an%n%ae%n%cn%n%ce%n%B' ${candidate.sha}`;
  const told = await ports.shell.run({ ...ports.checkout, line, timeout: 60_000 });
  const { workflows } = await readWorkflows(ports.files);
  return { workflows, written: told.exit === 0 ? told.output : undefined, branch, repository };
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
