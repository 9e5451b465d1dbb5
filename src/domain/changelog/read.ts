import { type MarkdownLine, readLines } from "#src/domain/changelog/lines";

/** One section of a changelog: its heading of level two, and the lines up to the next heading of that level or above. */
export interface ChangelogSection {
  heading: string;
  /** Line of the heading, from 1. */
  line: number;
  /** What a reader sees, line by line: comments and link definitions are gone. */
  body: string[];
  lines: MarkdownLine[];
  /** The section as the file holds it, but for line ends, from its heading on; link definitions and blank lines at the end left out. */
  raw: string;
}

/** A changelog as read: its sections, and its link definitions by label in lower case. */
export interface Changelog {
  sections: ChangelogSection[];
  links: Map<string, string>;
}

/** Reads a changelog in Markdown. Headings inside code blocks, lists and HTML comments are none. Never throws. */
export function readChangelog(text: string): Changelog {
  const opened: { heading: MarkdownLine; lines: MarkdownLine[] }[] = [];
  const links = new Map<string, string>();
  let current: MarkdownLine[] = [];
  for (const line of readLines(text)) {
    if (line.role === "definition") links.set(labelOf(line.text), line.text);
    else if (line.role === "heading" && line.level <= 2) {
      current = [];
      if (line.level === 2) opened.push({ heading: line, lines: current });
    } else current.push(line);
  }
  return { sections: opened.map(({ heading, lines }) => section(heading, lines)), links };
}

function section(heading: MarkdownLine, lines: MarkdownLine[]): ChangelogSection {
  const shown = lines.filter(({ role }, index) => role !== "comment" && !(index === 0 && role === "mark"));
  return {
    heading: heading.text,
    line: heading.number,
    body: shown.map(({ visible }) => visible),
    lines,
    raw: [heading, ...lines.slice(0, lines.findLastIndex(({ raw }) => raw.trim() !== "") + 1)]
      .map(({ raw }) => raw)
      .join("\n"),
  };
}

const wordless = new Set(["blank", "heading", "comment", "definition", "mark"]);

/** Tells whether a line says something by itself. */
export function isWording({ role, text }: MarkdownLine): boolean {
  return !wordless.has(role) && text !== "";
}

/** Tells whether a section says something: a line that is neither blank nor a heading nor an empty bullet. */
export function isDescribed({ lines }: ChangelogSection): boolean {
  return lines.some(isWording);
}

/** Takes a section's text out, with the link definitions that it uses, so that it stands on its own. */
export function extractNotes({ body }: ChangelogSection, links: Map<string, string>): string {
  const text = body.join("\n").trim();
  const lower = text.toLowerCase();
  const used = [...links].filter(([label]) => lower.includes(`[${label}]`)).map(([, link]) => link);
  return `${[text, ...(used.length > 0 ? ["", ...used] : [])].join("\n")}\n`;
}

function labelOf(text: string): string {
  return (/^\[([^\]]+)\]:/.exec(text)?.[1] ?? "").toLowerCase();
}
