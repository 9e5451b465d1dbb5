import * as z from "zod";
import { parseJson } from "#src/domain/parse-json";
import type { JobResult } from "#src/domain/release-verdict";

const deepest = 6;
const job = z.object({ result: z.enum(["success", "failure", "cancelled", "skipped"]) });
const group = z.union([z.record(z.string(), z.unknown()), z.array(z.unknown())]);

/** Reads how jobs ended from a `needs` context, or from several in a list or inside one another; what is none tells nothing. */
export function readJobResults(text: string): JobResult[] {
  const found = collect(parsed(text), 0);
  const keyOf = ({ job, result }: JobResult) => `${job} ${result}`;
  return [...new Map(found.map((one) => [keyOf(one), one])).values()];
}

function collect(value: unknown, depth: number): JobResult[] {
  const entries = group.safeParse(value);
  if (depth > deepest || !entries.success) return [];
  return Object.entries(entries.data).flatMap(([name, inner]) => {
    const ended = job.safeParse(inner);
    const own = ended.success ? [{ job: name, result: ended.data.result }] : [];
    return [...own, ...collect(typeof inner === "string" ? parsed(inner) : inner, depth + 1)];
  });
}

function parsed(text: string): unknown {
  return /^\s*[{[]/.test(text) ? parseJson(text) : undefined;
}
