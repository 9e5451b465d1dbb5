import type * as z from "zod";
import { limitWords } from "#src/contract/limit-words";
import { keysAt, kindsAt, valueAt } from "#src/contract/schema-keys";
import { nearest } from "#src/domain/nearest";

/** One complaint about the configuration: where, what was expected, what was found, and the key or word that was perhaps meant. */
export interface ConfigComplaint {
  path: readonly PropertyKey[];
  expected: string;
  found: string;
  meant?: string;
}

/** A configuration with what is wrong about it. */
interface Case {
  schema: z.ZodType;
  value: unknown;
}

/** Turns everything a schema says about a value into complaints; a union is judged by the member that fits best. */
export function complaintsOf(error: z.core.$ZodError, about: Case): ConfigComplaint[] {
  return error.issues.flatMap((issue) => complaints(issue, [], about));
}

/** Writes a path as people do: `gates[0].run`; the whole file is `(file)`. */
export function formatPath(path: readonly PropertyKey[]): string {
  const steps = path.map((step) =>
    typeof step === "number" ? `[${step}]` : String(step).startsWith("[") ? String(step) : `.${String(step)}`,
  );
  return steps.join("").replace(/^\./, "") || "(file)";
}

function complaints(issue: z.core.$ZodIssue, above: readonly PropertyKey[], about: Case): ConfigComplaint[] {
  const path = [...above, ...issue.path];
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => unknownKey(key, path, about));
  if (issue.code === "invalid_union" && issue.errors.length > 0) {
    return bestMember(issue.errors).flatMap((inner) => complaints(inner, path, about));
  }
  const value = valueAt(about.value, path);
  const known = issue.code === "invalid_value" ? issue.values.map(String) : [];
  const meant = typeof value === "string" ? nearest(value, known) : undefined;
  return [{ path, expected: expectation(issue, path, about), found: describe(value), ...(meant ? { meant } : {}) }];
}

function unknownKey(key: string, path: readonly PropertyKey[], { schema, value }: Case): ConfigComplaint {
  const known = keysAt(schema, path, value);
  const meant = nearest(key, known);
  return {
    path: [...path, key],
    expected: `one of the keys ${known.join(", ")}`,
    found: "an unknown key",
    ...(meant ? { meant } : {}),
  };
}

/** The member with the fewest complaints is the one that was most likely meant; unknown keys weigh most against it. */
function bestMember(members: z.core.$ZodIssue[][]): z.core.$ZodIssue[] {
  const weight = (issues: z.core.$ZodIssue[]) =>
    issues.reduce((sum, issue) => sum + (issue.code === "unrecognized_keys" ? 10 * issue.keys.length : 1), 0);
  return members.toSorted((a, b) => weight(a) - weight(b))[0] ?? [];
}

function expectation(issue: z.core.$ZodIssue, path: readonly PropertyKey[], about: Case): string {
  if (issue.code === "invalid_union" && issue.discriminator) {
    const kinds = kindsAt(about.schema, path.slice(0, -1), issue.discriminator);
    return kinds.map((kind) => JSON.stringify(kind)).join(" or ");
  }
  if (issue.code === "invalid_type") {
    const [key] = issue.expected === "array" ? keysAt(about.schema, [...path, 0], undefined) : [];
    if (key) return `a list of mappings such as [{ ${key}: … }]`;
    return exampleOf[issue.expected] ?? `a value of type ${issue.expected}`;
  }
  if (issue.code === "invalid_value") return issue.values.map((value) => JSON.stringify(value)).join(" or ");
  return limitWords(issue) ?? issue.message.replace(/^expected /, "");
}

/** Types whose form is better shown than named. */
const exampleOf: Record<string, string | undefined> = {
  array: "a list such as [text]",
  boolean: "true or false",
  int: "a whole number such as 0",
  number: "a number such as 0",
};

function describe(value: unknown): string {
  if (value === undefined || value === null) return "nothing";
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
