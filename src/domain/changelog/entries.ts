import { maskCode } from "#src/domain/changelog/comments";
import type { MarkdownLine } from "#src/domain/changelog/lines";
import { type ChangelogSection, isWording } from "#src/domain/changelog/read";

/** A link to an issue: the number that is read, and where it leads. */
export interface IssueLink {
  number: string;
  target: string;
}

/** An entry of an outermost list, with the text of its own lines; lists inside of it are not part of it. */
export interface Entry {
  line: number;
  text: string;
  links: IssueLink[];
}

/** A heading of level three and what stands below it; the title is undefined for what stands before the first. */
export interface Subsection {
  title: string | undefined;
  line: number;
  entries: Entry[];
  /** Whether it says anything at all. */
  described: boolean;
}

/** Takes a section apart. The first subsection has no title: it holds what stands before the first heading. */
export function readSubsections({ line, lines }: ChangelogSection, links: Map<string, string>): Subsection[] {
  const parts: { title: string | undefined; line: number; lines: MarkdownLine[] }[] = [
    { title: undefined, line, lines: [] },
  ];
  for (const one of lines) {
    if (one.role === "heading" && one.level === 3) parts.push({ title: one.text, line: one.number, lines: [] });
    else parts.at(-1)?.lines.push(one);
  }
  return parts.map((part) => ({
    title: part.title,
    line: part.line,
    entries: readEntries(part.lines, links),
    described: part.lines.some(isWording),
  }));
}

function readEntries(lines: MarkdownLine[], links: Map<string, string>): Entry[] {
  const entries: { line: number; words: string[] }[] = [];
  for (const { role, text, number } of lines) {
    if (role === "item") entries.push({ line: number, words: [text] });
    else if (role === "continuation") entries.at(-1)?.words.push(text);
  }
  return entries
    .map(({ line, words }) => ({ line, text: words.join(" ").trim() }))
    .filter(({ text }) => text !== "")
    .map(({ line, text }) => ({ line, text, links: issueLinks(text, links) }));
}

const direct = /(?<![\\!])\[#(\d+)\]\(\s*<?([^()\s<>]*)>?(?:\s+["'][^"']*["'])?\s*\)/g;
const byReference = /(?<![\\!])\[(#(\d+))\](?:\[([^\]]*)\])?(?![(:[])/g;

/** Finds the links to issues in a text: `[#12](…)`, and `[#12]` where the document defines it. Inline code holds none. */
function issueLinks(text: string, definitions: Map<string, string>): IssueLink[] {
  const shown = maskCode(text);
  const named = [...shown.matchAll(byReference)].flatMap(([, label = "", number = "", other]) => {
    const target = targetOf(definitions.get((other || label).toLowerCase()));
    return target === undefined ? [] : [{ number, target }];
  });
  return [...[...shown.matchAll(direct)].map(([, number = "", target = ""]) => ({ number, target })), ...named];
}

function targetOf(definition: string | undefined): string | undefined {
  return definition === undefined ? undefined : /\]:\s*<?([^\s<>]+)/.exec(definition)?.[1];
}
