import * as z from "zod";
import { parseJson } from "#src/domain/parse-json";
import type { Execution } from "#src/ports/shell";

/** What the npm client answered: a JSON value, the registry's own "no such thing", or that it cannot tell. */
export type NpmAnswer = { value: unknown } | { absent: true } | { corrupt: string } | { unknown: string };

const failed = z.object({ error: z.object({ code: z.string(), summary: z.string().default("") }) });

/** The registry answered, and does not have it. */
const absentCodes = new Set(["E404", "ETARGET", "ENOVERSIONS"]);

/** The bytes are not those that the registry announces. */
const corruptCodes = new Set(["EINTEGRITY", "EBADSIZE"]);

/**
 * Reads one run of `npm … --json`, whose errors are JSON too. Silence is no answer, whatever the exit code: a broken client
 * and a very old one that finds no such version look the same.
 */
export function npmAnswer({ ending, exit, output }: Execution): NpmAnswer {
  if (ending !== "exited") return { unknown: `npm was stopped: ${ending}` };
  if (exit === 0 && output.trim() === "") return { unknown: "npm ended with exit code 0 and said nothing" };
  const value = parseJson(output);
  const error = failed.safeParse(value);
  if (error.success) return judgeError(error.data.error);
  if (exit === 0 && value !== undefined) return { value };
  return { unknown: `npm ended with exit code ${exit} and an answer that cannot be read: ${excerpt(output)}` };
}

function judgeError({ code, summary }: z.infer<typeof failed>["error"]): NpmAnswer {
  if (absentCodes.has(code)) return { absent: true };
  const words = `npm answered ${code}: ${excerpt(summary)}`;
  return corruptCodes.has(code) ? { corrupt: words } : { unknown: words };
}

function excerpt(text: string): string {
  return text.trim().replace(/\s+/g, " ").slice(0, 300);
}
