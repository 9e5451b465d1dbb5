/** One section of a changelog: its heading of level two, and the lines up to the next heading of that level. */
export interface ChangelogSection {
  heading: string;
  /** Line of the heading, from 1. */
  line: number;
  body: string[];
}

/** A changelog as read: its sections, and its link definitions by label in lower case. Comments are gone. */
export interface Changelog {
  sections: ChangelogSection[];
  links: Map<string, string>;
}

const definition = /^ {0,3}\[([^\]]+)\]:\s*\S/;

/** Reads a changelog in Markdown. Headings inside code blocks and HTML comments are none. */
export function readChangelog(text: string): Changelog {
  const sections: ChangelogSection[] = [];
  const links = new Map<string, string>();
  for (const { line, content, code } of visibleLines(text)) {
    const heading = code ? undefined : /^## +(.*?)\s*#*\s*$/.exec(content)?.[1];
    const label = code ? undefined : definition.exec(content)?.[1];
    if (heading !== undefined) sections.push({ heading, line, body: [] });
    else if (label !== undefined) links.set(label.toLowerCase(), content.trim());
    else sections.at(-1)?.body.push(content);
  }
  return { sections, links };
}

/** Tells whether a section says something: a line that is neither blank nor a heading. */
export function isDescribed({ body }: ChangelogSection): boolean {
  return body.some((line) => line.trim() !== "" && !/^#{1,6}( |$)/.test(line));
}

/** Takes a section's text out, with the link definitions that it uses, so that it stands on its own. */
export function extractNotes({ body }: ChangelogSection, links: Map<string, string>): string {
  const text = body.join("\n").trim();
  const lower = text.toLowerCase();
  const used = [...links].filter(([label]) => lower.includes(`[${label}]`)).map(([, link]) => link);
  return `${[text, ...(used.length > 0 ? ["", ...used] : [])].join("\n")}\n`;
}

interface VisibleLine {
  line: number;
  content: string;
  code: boolean;
}

function* visibleLines(text: string): Generator<VisibleLine> {
  let fence: string | undefined;
  let commented = false;
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const mark = commented ? undefined : /^ {0,3}(`{3,}|~{3,})/.exec(raw)?.[1];
    const closes = fence !== undefined && mark?.startsWith(fence) && raw.trim() === mark;
    if (fence !== undefined || mark !== undefined) {
      yield { line: index + 1, content: raw, code: true };
      fence = closes ? undefined : (fence ?? mark);
      continue;
    }
    const stripped = stripComments(raw, commented);
    commented = stripped.commented;
    if (!stripped.consumed) yield { line: index + 1, content: stripped.content, code: false };
  }
}

/** Cuts comments out of a line; `consumed` says that nothing but comment stood there. */
function stripComments(raw: string, commented: boolean) {
  let content = "";
  let rest = raw;
  let inside = commented;
  while (rest !== "") {
    const at = rest.indexOf(inside ? "-->" : "<!--");
    if (!inside) content += at < 0 ? rest : rest.slice(0, at);
    if (at < 0) break;
    rest = rest.slice(at + (inside ? 3 : 4));
    inside = !inside;
  }
  const touched = commented || content !== raw;
  return { content, commented: inside, consumed: touched && content.trim() === "" };
}
