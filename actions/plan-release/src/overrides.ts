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
  const codes = lines.map(({ code }) => code).join(", ");
  const because = `${codes} by ${request.actor}, if ${request.approvals.join(", ")} approves`;
  return [...checks.map((check) => overridden(check, lines, request)), ask.pass(because)];
}

function overridden(check: Check, lines: Line[], { actor, now }: OverrideRequest): Check {
  const { code } = check;
  const line = stands(check) ? lines.find((one) => one.code === code) : undefined;
  if (!line || !code) return check;
  const override: Override = { code, actor, at: formatInstant(now), reason: line.reason };
  return { ...check, override };
}

function linesOf(text: string): Line[] {
  const lines = text.split("\n").map((line) => line.trim());
  return lines
    .filter((line) => line !== "")
    .map((line) => {
      const [, code = line, reason = ""] = /^([^\s:]+)\s*:\s*(.*)$/.exec(line) ?? [];
      return { code, reason };
    });
}

function invalidity(
  { code, reason }: Line,
  { checks, earlier }: { checks: Check[]; earlier: Line[] },
): string | undefined {
  if (reason.length < leastReason)
    return `expected \`${code}: reason\` with at least ${leastReason} characters of reason, found ${reason.length}`;
  if (earlier.some((one) => one.code === code)) return `expected ${code} once, found it twice`;
  return checks.some((check) => check.code === code && stands(check))
    ? undefined
    : `expected a required check that found ${code}, found none to override`;
}

function refusal(code: string, { approvals }: OverrideRequest): string | undefined {
  if (!isCode(code)) return `expected a reason code of the catalogue, found ${code}`;
  if (!catalogue[code].overridable) return `${code} cannot be overridden`;
  if (!code.startsWith("plan.")) return `${code} is no finding of the plan, and only those are overridden here`;
  if (approvals.length > 0) return undefined;
  return `expected a required gate of kind approval that asks others than the actor to cover ${code}, found none`;
}

function stands({ required, result }: Check): boolean {
  return required && (result === "fail" || result === "inconclusive");
}
