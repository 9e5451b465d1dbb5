import type { Code } from "#src/domain/catalogue";
import { isOverridden, type Override } from "#src/domain/override";

/** What one check found. Anything unproven is `inconclusive`; `not-applicable` needs a reason from the configuration. */
export type CheckResult = "pass" | "fail" | "inconclusive" | "not-applicable";

/** A stage's conclusion. Anything but `pass` blocks the release. */
export type StageVerdict = "pass" | "fail" | "inconclusive";

/** One question with one finding. `code` names the reason whenever the result is not a plain pass. */
export interface Check {
  id: string;
  title: string;
  /** An advisory check (`false`) is reported and never decides. */
  required: boolean;
  result: CheckResult;
  code?: Code;
  because: string;
  /** What backs the finding: ids, URLs, digests, attachment names. */
  evidence: string[];
  /** A person's override of this finding, which stays what it is. */
  override?: Override | undefined;
}

/** A conclusion together with the ids of the checks that decided it. */
export interface Conclusion {
  result: StageVerdict;
  decidedBy: string[];
}

/**
 * Concludes a stage from its required checks: any failure fails, any doubt is inconclusive, and no check at all is doubt. What a
 * person overrode does not decide; it changes the name of the release's verdict instead.
 */
export function conclude(checks: Check[]): Conclusion {
  const required = checks.filter((check) => check.required);
  const standing = required.filter((check) => !isOverridden(check));
  const ids = (result: CheckResult) => standing.filter((check) => check.result === result).map((check) => check.id);

  const failed = ids("fail");
  if (failed.length > 0) return { result: "fail", decidedBy: failed };
  const unproven = ids("inconclusive");
  if (unproven.length > 0 || required.length === 0) return { result: "inconclusive", decidedBy: unproven };
  return { result: "pass", decidedBy: required.map((check) => check.id) };
}

/**
 * Finds every required check that keeps a stage from passing and that nobody overrode: failures first, then doubts. A failure
 * decides the conclusion alone, but a doubt beside it blocks the next run as well.
 */
export function standingAgainst(checks: Check[]): Check[] {
  const standing = checks.filter((check) => check.required && !isOverridden(check));
  const found = (result: CheckResult) => standing.filter((check) => check.result === result);
  return [...found("fail"), ...found("inconclusive")];
}

/** Finds the advisory checks that do not hold: they decide nothing, and must not look like a plain pass. */
export function advisoryFindings(checks: Check[]): Check[] {
  return checks.filter(({ required, result }) => !required && (result === "fail" || result === "inconclusive"));
}

/** Finds the reason code of the first check that decided against a pass. */
export function decidingCode(checks: Check[]): Code | undefined {
  const { result, decidedBy } = conclude(checks);
  if (result === "pass") return undefined;
  return checks.find((check) => decidedBy.includes(check.id))?.code ?? "all.not-run";
}
