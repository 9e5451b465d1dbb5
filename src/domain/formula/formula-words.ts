import { FormulaError } from "#src/domain/formula/formula-error";

/** A text literal: its parts, where `version` stands for the formula's own version, and where it stands in the file. */
export interface FormulaText {
  parts: (string | { version: true })[];
  /** Offsets of the literal in the formula, with its quotes. */
  start: number;
  end: number;
}

/** One word of a statement: a text literal, or anything else as it is spelt. */
export type FormulaWord = { text: FormulaText } | { word: string };

const plainWord = /[A-Za-z_][\w:]*[?!]?|:[A-Za-z_]\w*|&&|\|\||=>|<<[~-]?(["'`]?)[A-Za-z_]\w*\1|[^\s]/y;
const escapes = new Map([
  ["n", "\n"],
  ["t", "\t"],
]);

/** Splits one logical line of a formula into words; `offset` is its place in the file. Comments are left out. */
export function formulaWords(source: string, offset: number, line: number): FormulaWord[] {
  const words: FormulaWord[] = [];
  for (let at = 0; at < source.length; ) {
    const letter = source[at] ?? "";
    if (/[\s\\]/.test(letter)) at += 1;
    else if (letter === "#") at = endOfLine(source, at);
    else if (letter === '"' || letter === "'") {
      const { parts, end } = readText(source, at, line);
      words.push({ text: { parts, start: offset + at, end: offset + end } });
      at = end;
    } else {
      plainWord.lastIndex = at;
      const [word = letter] = plainWord.exec(source) ?? [];
      words.push({ word });
      at += word.length;
    }
  }
  return words;
}

function endOfLine(source: string, at: number): number {
  const end = source.indexOf("\n", at);
  return end < 0 ? source.length : end;
}

/** Reads a literal in quotes. Only the version may be filled into one: any other code in it has no value here. */
function readText(source: string, start: number, line: number): { parts: FormulaText["parts"]; end: number } {
  const form = source[start] === '"' ? doubleQuoted : singleQuoted;
  form.lastIndex = start;
  const [literal, body = ""] = form.exec(source) ?? [];
  if (literal === undefined) throw new FormulaError(line, "expected a text in quotes on one line, found no end of it");
  const end = start + literal.length;
  if (source[start] === "'") return { parts: body === "" ? [] : [body.replace(/\\(['\\])/g, "$1")], end };
  const parts: FormulaText["parts"] = [];
  for (const [piece] of body.matchAll(/\\.|#\{[^}]*\}?|[^\\#]+|#/g)) parts.push(readPiece(piece, line));
  return { parts, end };
}

const doubleQuoted = /"((?:[^"\\\n]|\\[^\n])*)"/y;
const singleQuoted = /'((?:[^'\\\n]|\\[^\n])*)'/y;

/** Other code in a text has no value here; it is kept as something that no URL, version or digest can hold. */
function readPiece(piece: string, line: number): FormulaText["parts"][number] {
  if (piece === "#{version}") return { version: true };
  const letter = piece[1] ?? "";
  if (piece.startsWith("\\")) return escapes.get(letter) ?? letter;
  const isCode = piece.startsWith("#{") && !piece.endsWith("}");
  if (isCode) throw new FormulaError(line, "expected a text in quotes, found code in it that does not end");
  return piece;
}
