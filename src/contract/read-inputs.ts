import type * as z from "zod";
import type { InputFields } from "#src/contract/action-contract";
import { limitWords } from "#src/contract/limit-words";

/** One complaint about an input, for people. */
export interface InputComplaint {
  input: string;
  message: string;
}

/** Name of the variable in which the runner passes an input: upper case, spaces as underscores, hyphens kept. */
export function inputVariable(name: string): string {
  return `INPUT_${name.replaceAll(" ", "_").toUpperCase()}`;
}

/** Reads every input from the runner's variables. An empty text counts as not given, as the runner cannot tell them apart. */
export function readInputs<Inputs extends InputFields>(
  fields: Inputs,
  environment: Record<string, string | undefined>,
): { given: z.output<Inputs> } | { complaints: InputComplaint[] } {
  const entries = Object.keys(fields.shape).map((name) => [name, environment[inputVariable(name)]] as const);
  const parsed = fields.safeParse(
    Object.fromEntries(entries.filter(([, value]) => value !== undefined && value !== "")),
  );
  if (parsed.success) return { given: parsed.data };
  return {
    complaints: parsed.error.issues.map((issue) => ({ input: issue.path.join("."), message: explain(issue) })),
  };
}

/** Lists the values of inputs that are secrets, to be masked before anything else is done with them. */
export function secretValues(fields: InputFields, environment: Record<string, string | undefined>): string[] {
  return Object.entries(fields.shape)
    .filter(([, field]) => field.meta()?.secret === true)
    .flatMap(([name]) => environment[inputVariable(name)] ?? [])
    .filter((value) => value !== "");
}

function explain(issue: z.core.$ZodIssue): string {
  const missing = issue.code === "invalid_type" && issue.input === undefined;
  if (missing) return "expected a value, found nothing";
  const limit = limitWords(issue);
  return limit === undefined ? issue.message : `expected ${limit}`;
}
