import { isAutomatedLogin } from "#src/domain/approval";
import { catalogue, isCode } from "#src/domain/catalogue";
import { formatInstant } from "#src/domain/instant";
import { leastReason, type Override } from "#src/domain/override";
import { question } from "#src/domain/question";
import type { Check } from "#src/domain/verdict";

/** Who asks for overrides, when, in the words of the input, and whether other people will be asked to approve the release. */
export interface OverrideRequest {
  text: string;
  actor: string;
  now: Date;
  /** Required gates that ask people other than the actor, after everything is known and before anything is written. */
  approvals: string[];
}

interface Line {
  code: string;
  /** Id of the one check that is meant; empty where the code has one only. */
  check: string;
  reason: string;
}

/**
 * Applies what a person asks to override, all of it or nothing. A finding stays what it is and bears the override, with code, actor, time
 * and reason. Refused is what the catalogue does not let be overridden, what nobody would approve, and what overrides nothing.
 */
export function applyOverrides(checks: Check[], request: OverrideRequest): Check[] {
  const lines = linesOf(request.text);
  if (lines.length === 0) return checks;
  const ask = question("overrides", "Every override is allowed, gives its reason, and will be approved");
  const invalid = lines.flatMap((line, index) => invalidity(line, { checks, earlier: lines.slice(0, index) }) ?? []);
  const refused = lines.flatMap(({ code }) => refusal(code, request) ?? []);
  if (refused.length > 0) return [ask.fail("all.override-refused", refused.join("; ")), ...checks];
  if (invalid.length > 0) return [ask.fail("all.override-invalid", invalid.join("; ")), ...checks];
  const named = checks.flatMap((check) =>
    lines.some((line) => means(line, check)) ? `${check.code} of ${check.id}` : [],
  );
  const because = `${named.join(", ")} by ${request.actor}, if ${request.approvals.join(", ")} approves`;
  return [...checks.map((check) => overridden(check, lines, request)), ask.pass(because)];
}

function overridden(check: Check, lines: Line[], { actor, now }: OverrideRequest): Check {
  const { code } = check;
  const line = lines.find((one) => means(one, check));
  if (!line || !code) return check;
  const override: Override = { code, actor, at: formatInstant(now), reason: line.reason };
  return { ...check, override };
}

function linesOf(text: string): Line[] {
  const lines = text.split("\n").map((line) => line.trim());
  return lines
    .filter((line) => line !== "")
    .map((line) => {
      const [, code = line, check = "", reason = ""] = /^([^\s:()]+)(?:\(([^()\s]+)\))?\s*:\s*(.*)$/.exec(line) ?? [];
      return { code, check, reason };
    });
}

/** A line overrides one check: a code that stands for several says nothing of which of them the reason speaks. */
function invalidity(line: Line, { checks, earlier }: { checks: Check[]; earlier: Line[] }): string | undefined {
  const { code, check, reason } = line;
  const name = check === "" ? code : `${code}(${check})`;
  if (reason.length < leastReason)
    return `expected \`code: reason\` with at least ${leastReason} characters of reason, found ${reason.length}`;
  if (earlier.some((one) => one.code === code && (one.check === check || one.check === "" || check === "")))
    return `expected ${name} once, found it twice`;
  const meant = checks.filter((one) => means(line, one));
  if (meant.length === 0) return `expected a required check that found ${name}, found none to override`;
  const each = meant.map(({ id }) => `\`${code}(${id}): reason\``);
  return meant.length === 1
    ? undefined
    : `expected a line for each check that found ${code}, as ${each.join(", ")}, found one for all`;
}

function means({ code, check }: Line, found: Check): boolean {
  return stands(found) && found.code === code && (check === "" || found.id === check);
}

function refusal(code: string, { approvals, actor }: OverrideRequest): string | undefined {
  if (!isCode(code)) return `expected a reason code of the catalogue, found ${code}`;
  if (!catalogue[code].overridable) return `${code} cannot be overridden`;
  if (!code.startsWith("plan.")) return `${code} is no finding of the plan, and only those are overridden here`;
  if (isAutomatedLogin(actor)) return `expected a person who answers for ${code}, found that ${actor} started this run`;
  if (approvals.length > 0) return undefined;
  return `expected a required gate of kind approval that asks others than the actor to cover ${code}, found none`;
}

function stands({ required, result }: Check): boolean {
  return required && (result === "fail" || result === "inconclusive");
}
