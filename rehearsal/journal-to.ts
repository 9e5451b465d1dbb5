import { appendFileSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";

/** Writes one JSON object a line to a file, so that a resumed rehearsal goes on with it. */
export function journalTo(file: string): (line: object) => void {
  mkdirSync(dirname(file), { recursive: true });
  return (line) => appendFileSync(file, `${JSON.stringify(line)}\n`);
}
