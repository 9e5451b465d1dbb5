/** Lines that replace others: `remove` lines from index `at` (from 0) give way to `insert`. */
export interface LineEdit {
  at: number;
  remove: number;
  insert: string[];
}

const margin = 3;

interface Hunk {
  from: number;
  to: number;
  edits: LineEdit[];
}

/**
 * Writes edits of a file as a patch that `git apply` takes. Lines keep their own ends, and the file its missing last one.
 * Edits stand in ascending order and do not overlap; without any there is no patch.
 */
export function writePatch(path: string, text: string, edits: LineEdit[]): string | undefined {
  const lines = splitLines(text);
  const hunks = joinHunks(edits, lines.length);
  if (hunks.length === 0) return undefined;
  let shift = 0;
  const body = hunks.map((hunk) => {
    const written = writeHunk(hunk, lines, shift);
    shift += written.growth;
    return written.text;
  });
  return [
    `diff --git ${quoted(`a/${path}`)} ${quoted(`b/${path}`)}\n`,
    named("---", `a/${path}`),
    named("+++", `b/${path}`),
    ...body,
  ].join("");
}

/** Applies edits to a text; the patch of the same edits does the same to the file. */
export function applyEdits(text: string, edits: LineEdit[]): string {
  const lines = splitLines(text);
  for (const { at, remove, insert } of edits.toReversed()) lines.splice(at, remove, ...insert);
  return lines.join("");
}

/** Splits a text into lines that keep their ends. */
export function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function joinHunks(edits: LineEdit[], length: number): Hunk[] {
  const hunks: Hunk[] = [];
  for (const edit of edits) {
    const from = Math.max(0, edit.at - margin);
    const to = Math.min(length, edit.at + edit.remove + margin);
    const last = hunks.at(-1);
    if (last && from <= last.to) {
      last.to = to;
      last.edits.push(edit);
    } else hunks.push({ from, to, edits: [edit] });
  }
  return hunks;
}

function writeHunk({ from, to, edits }: Hunk, lines: string[], shift: number): { text: string; growth: number } {
  const rows: string[] = [];
  let at = from;
  for (const edit of edits) {
    const end = edit.at + edit.remove;
    rows.push(
      ...marked(" ", lines.slice(at, edit.at)),
      ...marked("-", lines.slice(edit.at, end)),
      ...marked("+", edit.insert),
    );
    at = end;
  }
  rows.push(...marked(" ", lines.slice(at, to)));
  const growth = edits.reduce((sum, { insert, remove }) => sum + insert.length - remove, 0);
  const before = range(from, to - from);
  const after = range(from + shift, to - from + growth);
  return { text: `@@ -${before} +${after} @@\n${rows.join("")}`, growth };
}

function range(start: number, length: number): string {
  return `${length === 0 ? start : start + 1},${length}`;
}

function marked(mark: string, lines: string[]): string[] {
  return lines.map((line) => (line.endsWith("\n") ? mark + line : `${mark}${line}\n\\ No newline at end of file\n`));
}

/** A name with a space ends in a tab, so that git knows where it ends. */
function named(mark: string, path: string): string {
  const name = quoted(path);
  return `${mark} ${name}${name.includes(" ") && !name.startsWith('"') ? "\t" : ""}\n`;
}

/** Writes a name as git does: bytes that are not plain stand as octal numbers between quotes. */
function quoted(path: string): string {
  if (/^[\x20-\x7e]*$/.test(path) && !/["\\]/.test(path)) return path;
  const bytes = [...new TextEncoder().encode(path)].map((byte) => {
    const character = String.fromCharCode(byte);
    if (character === '"' || character === "\\") return `\\${character}`;
    return byte >= 0x20 && byte < 0x7f ? character : `\\${byte.toString(8).padStart(3, "0")}`;
  });
  return `"${bytes.join("")}"`;
}
