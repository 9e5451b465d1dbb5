import { cutComments } from "#src/domain/changelog/comments";

/**
 * What a line is in its document: `item` begins an entry of an outermost list, `continuation` goes on with its text,
 * `nested` is a list inside of it, `mark` is a rule or the underline of a heading.
 */
export type LineRole =
  | "blank"
  | "heading"
  | "item"
  | "continuation"
  | "nested"
  | "paragraph"
  | "code"
  | "comment"
  | "definition"
  | "mark";

/** One line of a Markdown document. `text` is without comments; of a heading it is the title, of an item what follows the bullet. */
export interface MarkdownLine {
  /** From 1. */
  number: number;
  /** As the file holds it, without its line end. */
  raw: string;
  visible: string;
  text: string;
  role: LineRole;
  /** Of a heading, 1 to 6; else 0. */
  level: number;
}

interface Fence {
  closes: RegExp;
  /** Column that its list's text stands at; 0 outside of lists. */
  column: number;
}

interface State {
  fence: Fence | undefined;
  commented: boolean;
  /** Column of the text of the list item that is open, and of the list inside of it. */
  item: number | undefined;
  nested: number | undefined;
  blankBefore: boolean;
  paragraph: MarkdownLine[];
}

const bullet = /^(\s*)([-*+]|\d{1,9}[.)])(\s+|$)(.*)$/;
const rule = /^ {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$/;
const definition = /^ {0,3}\[[^\]]+\]:\s*\S/;

/** Reads the lines of a Markdown document: headings of both forms, entries, code and comments told apart. Never throws. */
export function readLines(text: string): MarkdownLine[] {
  const state: State = {
    fence: undefined,
    commented: false,
    item: undefined,
    nested: undefined,
    blankBefore: true,
    paragraph: [],
  };
  return text
    .replace(/^\uFEFF/, "")
    .split(/\r\n|\n|\r/)
    .map((raw, index) => {
      const line = readLine(raw, index + 1, state);
      follow(line, state);
      return line;
    });
}

function readLine(raw: string, number: number, state: State): MarkdownLine {
  const plain: MarkdownLine = { number, raw, visible: raw, text: raw.trim(), role: "code", level: 0 };
  if (state.fence && !leaves(raw, state.fence)) {
    if (state.fence.closes.test(raw)) state.fence = undefined;
    return plain;
  }
  state.fence = undefined;
  const { text: visible, open } = cutComments(raw, state.commented);
  const touched = state.commented || visible !== raw;
  state.fence = openFence(visible, state);
  state.commented = open && state.fence === undefined;
  if (state.fence) return plain;
  const line = { ...plain, visible, text: visible.trim() };
  if (line.text === "") return { ...line, role: touched ? "comment" : "blank" };
  return { ...line, ...classify(visible, state) };
}

/** A fence in a list ends with its list, closed or not. */
function leaves(raw: string, { column }: Fence): boolean {
  return column > 0 && raw.trim() !== "" && columnOf(raw) < column;
}

function openFence(visible: string, { item }: State): Fence | undefined {
  const within = item !== undefined && columnOf(visible) >= item;
  if (!within && columnOf(visible) > 3) return undefined;
  const column = within ? item : 0;
  const [, mark] = /^\s*(`{3,}(?=[^`]*$)|~{3,})/.exec(visible) ?? [];
  if (mark !== undefined) return { closes: new RegExp(`^\\s*${mark.charAt(0)}{${mark.length},}\\s*$`), column };
  const [, tag] = /^\s*<(pre|script|style|textarea)(?=[\s>]|$)/i.exec(visible) ?? [];
  return tag === undefined || visible.toLowerCase().includes(`</${tag.toLowerCase()}>`)
    ? undefined
    : { closes: new RegExp(`</${tag}>`, "i"), column };
}

type Finding = Partial<MarkdownLine>;

function classify(visible: string, state: State): Finding {
  const column = columnOf(visible);
  if (state.item !== undefined && column >= state.item) return insideItem(visible, column, state);
  return (column > 3 ? undefined : openBlock(visible, state)) ?? wording(visible, column, state);
}

/** Reads a line that begins or ends something: an underline, a rule, a heading or an entry. */
function openBlock(visible: string, state: State): Finding | undefined {
  const underline = state.paragraph.length > 0 ? /^ *(=+|-+)\s*$/.exec(visible)?.[1] : undefined;
  if (underline !== undefined) return underlined(state, underline.startsWith("=") ? 1 : 2);
  if (rule.test(visible)) return closeList(state, { role: "mark" });
  const [heading, marks = "", title = ""] = /^\s*(#{1,6})(?!\S)(.*)$/.exec(visible) ?? [];
  if (heading !== undefined) return closeList(state, { role: "heading", level: marks.length, text: titleIn(title) });
  const item = bullet.exec(visible);
  return item ? openItem(item, state) : undefined;
}

/** Marks at the end of a heading close it, and are no part of its title. */
function titleIn(text: string): string {
  return ` ${text.trim()}`.replace(/\s#+$/, "").trim();
}

/** Reads a line of text. One that follows an entry without a blank line goes on with it. */
function wording(visible: string, column: number, state: State): Finding {
  if (state.item !== undefined && !state.blankBefore)
    return { role: state.nested === undefined ? "continuation" : "nested" };
  closeList(state, {});
  if (state.paragraph.length > 0) return { role: "paragraph" };
  if (definition.test(visible)) return { role: "definition" };
  return { role: column > 3 ? "code" : "paragraph" };
}

function insideItem(visible: string, column: number, state: State): Finding {
  const inner = bullet.exec(visible);
  if (inner && !rule.test(visible)) {
    state.nested = Math.min(state.nested ?? column + 2, column + 2);
    return { role: "nested" };
  }
  if (state.nested !== undefined && (column >= state.nested || !state.blankBefore)) return { role: "nested" };
  state.nested = undefined;
  const code = state.blankBefore && column >= (state.item ?? 0) + 4;
  return { role: code ? "code" : "continuation" };
}

function openItem([, indent = "", mark = "", gap = "", text = ""]: RegExpExecArray, state: State): Finding {
  const space = gap.length > 4 || text === "" ? 1 : gap.length;
  state.item = columnOf(`${indent}x`) + mark.length + space;
  state.nested = undefined;
  return { role: "item", text: text.trim() };
}

function closeList(state: State, finding: Finding): Finding {
  state.item = undefined;
  state.nested = undefined;
  return finding;
}

/** Turns the paragraph above an underline into the heading that it is. */
function underlined({ paragraph }: State, level: number): Finding {
  const [first, ...others] = paragraph;
  const text = paragraph.map((line) => line.text).join(" ");
  if (first) Object.assign(first, { role: "heading", level, text });
  for (const line of others) line.role = "mark";
  return { role: "mark" };
}

/** Block quotes and HTML are paragraphs that no underline makes a heading. */
function follow(line: MarkdownLine, state: State): void {
  state.blankBefore = line.role === "blank" || (line.role === "comment" && state.blankBefore);
  if (line.role !== "paragraph") state.paragraph = [];
  else if (state.paragraph.length > 0 || !/^\s*[<>|]/.test(line.visible)) state.paragraph.push(line);
}

/** Column of a line's first character that is no space, from 0; a tab leads to the next multiple of four. */
function columnOf(line: string): number {
  let column = 0;
  for (const character of line) {
    if (character === " ") column += 1;
    else if (character === "\t") column += 4 - (column % 4);
    else break;
  }
  return column;
}
