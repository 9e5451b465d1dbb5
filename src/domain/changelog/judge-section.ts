import type { Entry, IssueLink, Subsection } from "#src/domain/changelog/entries";
import type { ChangelogFinding, ChangelogQuestion } from "#src/domain/changelog/finding";
import type { SectionRules } from "#src/domain/changelog/rules";
import { nearestInAnyCase } from "#src/domain/nearest";

/** What a draft leaves where it does not know the issue. */
export const issueMarker = "TODO issue";

/** Judges the subsections of a section: known, once each, filled, in order, and no entry outside of them. */
export function judgeSubsections(parts: Subsection[], rules: SectionRules): ChangelogFinding[] {
  const titled = parts.flatMap(({ title, ...part }) => (title === undefined ? [] : [{ ...part, title }]));
  const loose = parts.filter(({ title }) => title === undefined).flatMap(({ entries }) => entries);
  return [
    ...titled.flatMap((part, index) => judgeOne(part, titled.slice(0, index), rules)),
    ...(rules["loose-entries"] === "refused" ? loose : []).map(({ line, text }) => ({
      concern: "entries" as const,
      code: "plan.changelog-entry-orphan" as const,
      line,
      because: `expected every entry in a subsection, found "${excerpt(text)}" before the first (line ${line})`,
    })),
  ];
}

type Titled = Subsection & { title: string };

function judgeOne(part: Titled, before: Titled[], rules: SectionRules): ChangelogFinding[] {
  const { title, line } = part;
  const finding = (code: ChangelogFinding["code"], because: string): ChangelogFinding => ({
    concern: "subsections",
    code,
    line,
    because: `${because} (line ${line})`,
  });
  const filled = rules.links === "required" ? part.entries.length > 0 : part.described;
  return [
    ...(rules.sections.includes(title) ? [] : [finding("plan.changelog-section-unknown", unknownTitle(title, rules))]),
    ...(before.some((one) => one.title === title)
      ? [finding("plan.changelog-subsection-duplicate", `expected one subsection ${title}, found another`)]
      : []),
    ...(filled ? [] : [finding("plan.changelog-subsection-empty", `expected entries under ${title}, found none`)]),
    ...judgeOrder(title, before, rules).map((because) => finding("plan.changelog-order", because)),
  ];
}

function unknownTitle(title: string, { sections }: SectionRules): string {
  const spelled = nearestInAnyCase(title, sections);
  const hint = spelled === undefined ? "" : `; did you mean ${spelled}?`;
  return `expected one of ${sections.join(", ")}, found ${title || "an empty heading"}${hint}`;
}

function judgeOrder(title: string, before: Titled[], { order, sections }: SectionRules): string[] {
  const place = sections.indexOf(title);
  if (order === "free" || place < 0) return [];
  const later = before.find((one) => sections.indexOf(one.title) > place);
  return later ? [`expected ${title} above ${later.title}, found it below`] : [];
}

/** Judges the links of entries: there where the rules ask for one, and leading to the issue whose number they show. */
export function judgeLinks(entries: Entry[], { rules, issuesUrl }: ChangelogQuestion): ChangelogFinding[] {
  return entries.flatMap(({ text, line, links }): ChangelogFinding[] => {
    const shown = `"${excerpt(text)}" (line ${line})`;
    const marked = text.includes(issueMarker);
    const unlinked = (rules.links === "required" && links.length === 0) || marked;
    const wrong = links.filter((link) => !leadsRight(link, issuesUrl, rules.links));
    return [
      ...(unlinked
        ? [
            unlinkedEntry(
              line,
              `expected a link [#N](${issuesUrl}N) in ${shown}, found ${marked ? issueMarker : "none"}`,
            ),
          ]
        : []),
      ...(!marked && /^TODO\b/.test(text) ? [unwritten(line, `expected what changed, found ${shown}`)] : []),
      ...wrong.map((link) =>
        astray(
          line,
          `expected #${link.number} to lead to ${issuesUrl}${link.number}, found ${link.target} (line ${line})`,
        ),
      ),
    ];
  });
}

const unlinkedEntry = (line: number, because: string): ChangelogFinding => ({
  concern: "links",
  code: "plan.changelog-entry-unlinked",
  line,
  because,
});

const unwritten = (line: number, because: string): ChangelogFinding => ({
  concern: "entries",
  code: "plan.changelog-placeholder",
  line,
  because,
});

const astray = (line: number, because: string): ChangelogFinding => ({
  concern: "link-targets",
  code: "plan.changelog-link-mismatch",
  line,
  because,
});

/** Where links are required each leads to the project's own issue; else only a wrong number in an own address is wrong. */
function leadsRight({ number, target }: IssueLink, issuesUrl: string, links: SectionRules["links"]): boolean {
  const address = target
    .toLowerCase()
    .replace(/[#?].*$/, "")
    .replace(/\/$/, "");
  const own = issuesUrl.toLowerCase();
  if (address === own + number) return true;
  if (links === "required") return false;
  const pulls = own.replace(/\/issues\/$/, "/pull/");
  return address === pulls + number || !(address.startsWith(own) || address.startsWith(pulls));
}

/** Shortens an entry for a message. */
function excerpt(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
