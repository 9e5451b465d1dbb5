import { BadQuery } from "./syntax.ts";

/** A word of a query. `text` is the source, or the content of a string. */
export interface Token {
  kind: "number" | "duration" | "name" | "string" | "symbol" | "end";
  text: string;
  /** Where it stands, as `line:column`, for messages. */
  place: string;
}

const PATTERNS = [
  ["blank", /\s+|#[^\n]*/y],
  ["duration", /(?:\d+(?:ms|[smhdwy]))+(?!\w)/y],
  ["number", /(?:0x[0-9a-f]+|(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|(?:inf|nan)(?![\w:]))/iy],
  ["name", /[a-zA-Z_:][\w:]*/y],
  ["string", /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`]*`/y],
  ["symbol", /=~|!~|!=|==|>=|<=|[-+*/%^()[\]{},=<>@:]/y],
] as const;

/** Splits a query into tokens, ending with one of kind `end`. Throws `BadQuery` at the first character it does not know. */
export function tokens(query: string): Token[] {
  const found: Token[] = [];
  for (let offset = 0; offset < query.length; ) {
    const [kind, text] = tokenAt(query, offset);
    if (kind !== "blank")
      found.push({ kind, text: kind === "string" ? unquoted(text) : text, place: placeOf(query, offset) });
    offset += text.length;
  }
  return [...found, { kind: "end", text: "end of input", place: placeOf(query, query.length) }];
}

function tokenAt(query: string, offset: number): [Token["kind"] | "blank", string] {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = offset;
    const text = pattern.exec(query)?.[0];
    if (text) return [kind, text];
  }
  throw new BadQuery(`${placeOf(query, offset)}: parse error: unexpected character: ${JSON.stringify(query[offset])}`);
}

function unquoted(literal: string): string {
  const inner = literal.slice(1, -1);
  if (literal.startsWith("`")) return inner;
  return inner.replaceAll(/\\(.)/g, (sequence, escaped) => {
    const known = new Map([
      ["n", "\n"],
      ["t", "\t"],
      ["r", "\r"],
      ["\\", "\\"],
      ['"', '"'],
      ["'", "'"],
    ]);
    const meant = known.get(escaped);
    if (meant === undefined) throw new BadQuery(`parse error: unsupported escape ${sequence} in a string`);
    return meant;
  });
}

function placeOf(query: string, offset: number): string {
  const before = query.slice(0, offset).split("\n");
  return `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
}
