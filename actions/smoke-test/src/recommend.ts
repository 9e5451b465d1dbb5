import { type Check, conclude } from "#src/domain/verdict";

/** What the stage recommends to whoever decides next, and why. */
export interface Recommendation {
  recommendation: "none" | "rollback" | "unknown";
  reason: string;
}

const longest = 300;
const tests = /^(scenario|system)-/;

/**
 * Recommends to roll back where a required scenario failed, and names it first; what could not be told is no reason to, and
 * none to go on either.
 */
export function recommend(checks: Check[]): Recommendation {
  const { result, decidedBy } = conclude(checks);
  if (result === "pass") return { recommendation: "none", reason: "" };
  const failed = checks.find((check) => check.required && check.result === "fail" && tests.test(check.id));
  if (failed) return { recommendation: "rollback", reason: reasonOf(failed) };
  const deciding = checks.find(({ id }) => decidedBy.includes(id));
  return { recommendation: "unknown", reason: deciding ? reasonOf(deciding) : "" };
}

function reasonOf({ id, title, because }: Check): string {
  const name = id.replace(tests, "");
  const text = `${name === title ? name : `${name} (${title})`}: ${because}`.replace(/\s+/gu, " ");
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}
