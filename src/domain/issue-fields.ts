import { type MarkdownLine, readLines } from "#src/domain/changelog/lines";

/** Stands for the text above the first heading among the headings of a field. */
const leadText = "*";

/** Fields that an issue has to have: the headings under which each may stand. */
export type RequiredFields = Readonly<Record<string, readonly string[]>>;

/**
 * Lists the fields that a body does not fill. A field is a heading of any level with text below it, as issue forms write it;
 * comments, and what a form leaves where nobody answered, are no text.
 */
export function missingFields(body: string, required: RequiredFields): string[] {
  const lines = readLines(body);
  return Object.entries(required)
    .filter(([, headings]) => !headings.some((heading) => isFilled(lines, heading)))
    .map(([field]) => field);
}

function isFilled(lines: MarkdownLine[], heading: string): boolean {
  if (heading === leadText) return until(lines, 0, 6).some(isAnswer);
  return lines.some(
    ({ role, text, level }, index) =>
      role === "heading" && plain(text) === plain(heading) && until(lines, index + 1, level).some(isAnswer),
  );
}

/** The lines before the next heading that is not below this one. */
function until(lines: MarkdownLine[], from: number, level: number): MarkdownLine[] {
  const end = lines.findIndex((line, index) => index >= from && line.role === "heading" && line.level <= level);
  return lines.slice(from, end < 0 ? undefined : end);
}

const silent = new Set(["blank", "comment", "heading", "mark", "definition"]);

function isAnswer({ role, text }: MarkdownLine): boolean {
  return (
    !silent.has(role) && !/^(?:_no response_|todo\b.*|tbd|`{3,}\w*|~{3,})$/i.test(text.replace(/^[-*+]\s*/, "").trim())
  );
}

function plain(heading: string): string {
  return heading
    .replace(/[*_`]/g, "")
    .replace(/[\s:?!.]+$/, "")
    .replace(/\s+/g, " ")
    .trim()
    .toLowerCase();
}
