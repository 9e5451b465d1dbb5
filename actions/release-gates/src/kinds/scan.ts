import type { Severity } from "#src/domain/cvss";

/** One advisory that stands against a dependency. `severity` is undefined where nobody tells it. */
export interface Advisory {
  id: string;
  aliases: string[];
  dependency: string;
  title: string;
  severity: Severity | undefined;
}

/** What a tool found about the dependencies. */
export interface Scan {
  advisories: Advisory[];
  /** How many dependencies the tool looked at; undefined where it does not tell. */
  assessed: number | undefined;
  /** Dependencies that the tool could not assess. */
  unassessed: string[];
  /** When the tool's own database was last updated; `live` where it asks a server, undefined where it does not tell. */
  database: Date | "live" | undefined;
}

const textOrBracket = /"(?:[^"\\]|\\.)*"|[{}[\]]/g;

/** Reads JSON documents that stand one after the other, as govulncheck writes them. Throws `RangeError`. */
export function readDocuments(text: string): unknown[] {
  const documents: unknown[] = [];
  let [start, depth] = [0, 0];
  for (const { 0: token, index } of text.matchAll(textOrBracket)) {
    if (token.startsWith('"')) continue;
    depth += token === "{" || token === "[" ? 1 : -1;
    if (depth > 0) continue;
    documents.push(parse(text.slice(start, index + 1)));
    [start, depth] = [index + 1, 0];
  }
  if (text.slice(start).trim() !== "") throw new RangeError("expected JSON to the end, found another text");
  return documents;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new RangeError(`expected JSON, found ${JSON.stringify(text.trim().slice(0, 40))}`);
  }
}
