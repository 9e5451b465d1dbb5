import type * as z from "zod";

/**
 * Words the limit of a field that states no words of its own: what was expected, for people. Undefined for any other complaint,
 * whose message already says it.
 */
export function limitWords(issue: z.core.$ZodIssue): string | undefined {
  if (!ofThePackage.test(issue.message)) return undefined;
  switch (issue.code) {
    case "too_small":
      return sized(issue.origin, issue.minimum, issue.inclusive === false ? "more than" : "at least");
    case "too_big":
      return sized(issue.origin, issue.maximum, issue.inclusive === false ? "less than" : "at most");
    case "invalid_format":
      return (
        formats[issue.format] ?? (issue.pattern === undefined ? undefined : `a text that matches ${issue.pattern}`)
      );
    default:
      return undefined;
  }
}

/** How the package's own messages begin. */
const ofThePackage = /^(Too small|Too big|Invalid)\b/;

const formats: Record<string, string | undefined> = {
  date: "a day such as 2026-01-31",
  datetime: "a time such as 2026-01-31T12:00:00Z",
  url: "an address such as https://example.org/",
};

const units: Record<string, [whole: string, one: string, many: string] | undefined> = {
  string: ["a text of ", "character", "characters"],
  array: ["", "entry", "entries"],
};

function sized(origin: string, limit: number | bigint, amount: string): string {
  const [whole, one, many] = units[origin] ?? ["a number of ", "", ""];
  return `${whole}${amount} ${limit} ${Number(limit) === 1 ? one : many}`.trimEnd();
}
