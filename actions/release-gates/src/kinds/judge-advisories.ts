import { milliseconds } from "#src/contract/config/fields";
import type { GateOf } from "#src/contract/config/gates";
import { isOver } from "#src/contract/config/gates/accepted";
import type { Code } from "#src/domain/catalogue";
import type { Severity } from "#src/domain/cvss";
import { formatInstant } from "#src/domain/instant";
import type { Finding } from "../leg-report.ts";
import type { Advisory, Scan } from "./scan.ts";

/** What the gate knows of the tool's run besides its output. */
export interface ScanRun {
  exit: number;
  /** Whether the output is an input of the self-test, which may be of any age. */
  proving: boolean;
  now: Date;
}

type Policy = Pick<GateOf<"advisories">, "severity" | "database-age" | "exceptions">;
type Standing = { advisory: Advisory; standing: "below" | "excepted" | "expired" | "against" };

const scale: Severity[] = ["none", "low", "moderate", "high", "critical"];
/** Codes with which the tools say that they found something; any other is a crash. */
const foundSomething = [0, 1, 3];

/** Judges a scan: vulnerable before expired, expired before anything that could not be assessed. */
export function judgeScan(policy: Policy, scan: Scan, run: ScanRun): Finding {
  const weighed = scan.advisories.map((advisory) => ({ advisory, standing: weigh(policy, advisory, run.now) }));
  const of = (standing: Standing["standing"]) =>
    weighed.filter((one) => one.standing === standing).map(({ advisory }) => advisory);
  const [against, expired] = [of("against"), of("expired")];
  if (against.length > 0) {
    const because = `expected no advisory of severity ${policy.severity} or above, found ${told(against)}`;
    return { result: "fail", code: "gates.deps-vulnerable", because, evidence: [] };
  }
  if (expired.length > 0) {
    const because = `expected exceptions that still hold, found expired ones for ${told(expired)}`;
    return { result: "fail", code: "gates.deps-exception-expired", because, evidence: [] };
  }
  const doubt = unassessable(policy, scan, run) ?? (run.proving ? undefined : stale(policy, scan, run.now));
  if (doubt) return { result: "inconclusive", ...doubt, evidence: [] };
  const because = `${scan.assessed ?? "all"} dependencies assessed, ${of("below").length} advisories below ${policy.severity}, ${of("excepted").length} excepted`;
  return { result: "pass", because, evidence: [] };
}

/** Says where an advisory stands: below the threshold, excepted, excepted until a day that is over, or against a release. */
export function weigh({ severity, exceptions }: Policy, advisory: Advisory, now: Date): Standing["standing"] {
  if (advisory.severity !== undefined && scale.indexOf(advisory.severity) < scale.indexOf(severity)) return "below";
  const names = [advisory.id, ...advisory.aliases];
  const matching = exceptions.filter(({ id }) => names.includes(id));
  if (matching.length === 0) return "against";
  return matching.some(({ expires }) => !isOver(expires, now)) ? "excepted" : "expired";
}

function unassessable(
  { exceptions }: Policy,
  scan: Scan,
  { exit, now }: ScanRun,
): { code: Code; because: string } | undefined {
  const code = "gates.deps-unassessable";
  if (!foundSomething.includes(exit))
    return { code, because: `expected the tool to end by itself, found exit code ${exit}` };
  if (exit !== 0 && scan.advisories.length === 0) {
    return { code, because: `expected advisories behind exit code ${exit}, found none` };
  }
  const open = scan.unassessed.filter(
    (name) => !exceptions.some(({ id, expires }) => id === name && !isOver(expires, now)),
  );
  if (open.length > 0)
    return { code, because: `expected every dependency to be assessed, found skipped ${open.join(", ")}` };
  if (scan.assessed !== 0) return undefined;
  return {
    code: "gates.deps-nothing-assessed",
    because: "expected assessed dependencies, found that the tool looked at none",
  };
}

function stale(policy: Policy, { database }: Scan, now: Date): { code: Code; because: string } | undefined {
  if (database === "live") return undefined;
  const limit = policy["database-age"];
  const found = database ? `one of ${formatInstant(database)}` : "one whose age the tool does not tell";
  if (database && now.getTime() - database.getTime() <= milliseconds(limit)) return undefined;
  return {
    code: "gates.deps-db-stale",
    because: `expected a database of advisories at most ${limit} old, found ${found}`,
  };
}

function told(advisories: Advisory[]): string {
  return advisories
    .map(({ id, dependency, severity }) => `${id} in ${dependency} (${severity ?? "severity unknown"})`)
    .join(", ");
}
