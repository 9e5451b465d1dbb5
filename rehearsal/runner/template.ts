/**
 * The plain tree of a YAML file whose texts may hold `${{ }}`. Read from the YAML values, since GitHub's parser compiles a
 * block scalar from its source, with the indentation of the file left in the text.
 */
import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";

/** A piece of text: literal, or an expression without its markers. */
export type Part = string | { expression: string };

/** A node of the file with the line (from 1) where it stands. */
export type Template =
  | { kind: "value"; value: null | boolean | number; line: number }
  | { kind: "text"; parts: Part[]; line: number }
  | { kind: "list"; items: Template[]; line: number }
  | { kind: "map"; entries: Entry[]; line: number };

/** A key of a mapping and what stands under it. `line` is the line of the key. */
export interface Entry {
  key: string;
  value: Template;
  line: number;
}

/** Reads a YAML text that GitHub's parser has already accepted. */
export function readTemplate(text: string): Template {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false });
  return read(document.contents);

  function read(node: unknown): Template {
    if (isAlias(node)) return read(node.resolve(document));
    const line = lineOf(node);
    if (isMap(node)) {
      const entries = node.items.map((pair) => ({
        key: isScalar(pair.key) ? String(pair.key.value) : String(pair.key),
        value: read(pair.value),
        line: lineOf(pair.key),
      }));
      return { kind: "map", entries, line };
    }
    if (isSeq(node)) return { kind: "list", items: node.items.map(read), line };
    return scalar(isScalar(node) ? node.value : null, line);
  }

  function lineOf(node: unknown): number {
    const start = isNode(node) ? node.range?.[0] : undefined;
    return start === undefined ? 1 : lines.linePos(start).line;
  }
}

function isNode(node: unknown): node is Node {
  return isScalar(node) || isMap(node) || isSeq(node) || isAlias(node);
}

function scalar(value: unknown, line: number): Template {
  if (typeof value === "number" || typeof value === "boolean") return { kind: "value", value, line };
  if (typeof value === "string") return { kind: "text", parts: split(value), line };
  return { kind: "value", value: null, line };
}

/** Splits a text at its `${{ }}` markers; a `}}` inside a quoted string does not end an expression. */
function split(text: string): Part[] {
  const parts: Part[] = [];
  let rest = text;
  for (let start = rest.indexOf("${{"); start >= 0; start = rest.indexOf("${{")) {
    const end = endOfExpression(rest, start + 3);
    if (end < 0) break;
    if (start > 0) parts.push(rest.slice(0, start));
    parts.push({ expression: rest.slice(start + 3, end).trim() });
    rest = rest.slice(end + 2);
  }
  if (rest !== "" || parts.length === 0) parts.push(rest);
  return parts;
}

function endOfExpression(text: string, from: number): number {
  let quoted = false;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === "'") quoted = !quoted;
    else if (!quoted && text.startsWith("}}", at)) return at;
  }
  return -1;
}

/** Finds what stands under a key of a mapping. */
export function field(template: Template | undefined, key: string): Template | undefined {
  return entriesOf(template).find((entry) => entry.key === key)?.value;
}

/** Lists the entries of a mapping; anything else has none. */
export function entriesOf(template: Template | undefined): Entry[] {
  return template?.kind === "map" ? template.entries : [];
}

/** Lists the items of a list; anything else has none. */
export function itemsOf(template: Template | undefined): Template[] {
  return template?.kind === "list" ? template.items : [];
}

/** Reads a scalar as the text that stands in the file, markers included. */
export function sourceText(template: Template | undefined): string | undefined {
  if (template?.kind === "value") return template.value === null ? "" : String(template.value);
  if (template?.kind !== "text") return undefined;
  return template.parts.map((part) => (typeof part === "string" ? part : `\${{ ${part.expression} }}`)).join("");
}

/** Tells whether a text, or anything below a node, holds an expression. */
export function holdsExpression(template: Template | undefined): boolean {
  if (template?.kind === "text") return template.parts.some((part) => typeof part !== "string");
  if (template?.kind === "list") return template.items.some(holdsExpression);
  return entriesOf(template).some((entry) => holdsExpression(entry.value));
}
