import type { GateOf } from "#src/contract/config/gates";
import type { Finding } from "../leg-report.ts";
import type { Level, SarifLog, SarifResult } from "./sarif-log.ts";

type Policy = Pick<GateOf<"sarif">, "level" | "finding-exits">;

const scale: Level[] = ["none", "note", "warning", "error"];

/** Judges logs against a baseline: new results first, then whether the scans were whole; no run at all proves nothing. */
export function judgeLogs(
  policy: Policy,
  logs: SarifLog[],
  { baseline, exit }: { baseline: SarifResult[]; exit: number },
): Finding {
  const results = logs.flatMap((log) => log.results);
  const against = results.filter((result) => blocks(policy, result, baseline));
  if (against.length > 0) {
    const names = against
      .slice(0, 10)
      .map(({ rule, place }) => `${rule || "a rule without id"} at ${place || "no place"}`);
    const more = against.length > 10 ? ` and ${against.length - 10} more` : "";
    const because = `expected no new result of level ${policy.level} or above, found ${names.join(", ")}${more}`;
    return { result: "fail", code: "gates.sarif-findings", because, evidence: [] };
  }
  const runs = logs.reduce((sum, log) => sum + log.runs, 0);
  if (logs.some((log) => log.runs === 0)) {
    return {
      result: "inconclusive",
      code: "gates.sarif-no-runs",
      because: "expected at least one run in every log, found one without",
      evidence: [],
    };
  }
  const incomplete = logs.flatMap((log) => log.incomplete);
  if (exit !== 0) {
    if (!policy["finding-exits"].includes(exit)) incomplete.push(`the command ended with exit code ${exit}`);
    else if (results.every(({ level }) => level === "none")) incomplete.push(`no result explains exit code ${exit}`);
  }
  if (incomplete.length > 0) {
    const because = `expected whole scans, found: ${incomplete.join("; ")}`;
    return { result: "inconclusive", code: "gates.sarif-incomplete", because, evidence: [] };
  }
  const known = results.filter((result) => isKnown(result, baseline)).length;
  const suppressed = results.filter((result) => result.suppressed).length;
  const because = `${runs} runs, ${results.length} results: ${known} known, ${suppressed} suppressed, none new of level ${policy.level}`;
  return { result: "pass", because, evidence: [] };
}

/** Tells whether a result stands against a release. */
export function blocks({ level }: Pick<Policy, "level">, result: SarifResult, baseline: SarifResult[]): boolean {
  return !result.suppressed && scale.indexOf(result.level) >= scale.indexOf(level) && !isKnown(result, baseline);
}

function isKnown({ rule, fingerprints }: SarifResult, baseline: SarifResult[]): boolean {
  return baseline.some((known) => known.rule === rule && known.fingerprints.some((one) => fingerprints.includes(one)));
}
