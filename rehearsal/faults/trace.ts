import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import * as z from "zod";

/** What a fault leaves behind where it was met: a line with these values in a journal of the rehearsal's folder. */
export interface Trace {
  journal: "requests" | "artifact-requests" | "registry-requests" | "metrics-requests";
  line: Record<string, string | number>;
}

const journalLine = z.record(z.string(), z.unknown());

/** Whether a trace is to be found in the folder of a rehearsal. A journal that was never begun holds none. */
export function leftTrace(folder: string, { journal, line }: Trace): boolean {
  const file = join(folder, `${journal}.jsonl`);
  if (!existsSync(file)) return false;
  const written = readFileSync(file, "utf8").split("\n").filter(Boolean);
  return written.some((text) => {
    const found = journalLine.parse(JSON.parse(text));
    return Object.entries(line).every(([key, value]) => isDeepStrictEqual(found[key], value));
  });
}
