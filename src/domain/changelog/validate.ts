import type { Code } from "#src/domain/catalogue";
import { isDay } from "#src/domain/changelog/days";
import { readSubsections } from "#src/domain/changelog/entries";
import type { ChangelogFinding, ChangelogQuestion } from "#src/domain/changelog/finding";
import { judgeLinks, judgeSubsections } from "#src/domain/changelog/judge-section";
import {
  type Changelog,
  type ChangelogSection,
  extractNotes,
  isDescribed,
  readChangelog,
} from "#src/domain/changelog/read";
import { isPlaceholder, isUnreleased, readHeading, type SectionRules, writeHeading } from "#src/domain/changelog/rules";
import { judgeVersions } from "#src/domain/changelog/versions";

/** What a changelog says of a version. `section` and what is read from it are there only where there is exactly one. */
export interface ChangelogReview {
  findings: ChangelogFinding[];
  section: ChangelogSection | undefined;
  /** The section's text, where it says anything. */
  notes: string | undefined;
  /** The day in its heading, where that is well-formed. */
  date: string | undefined;
  /** How many entries it has, and how many of them carry no link to an issue. */
  entries: number;
  unlinked: number;
}

/** Judges what a changelog says of a version, by the rules of its format. Reports everything that is wrong; never throws. */
export function validateChangelog(text: string, question: ChangelogQuestion): ChangelogReview {
  const read = readChangelog(text);
  const { rules, version } = question;
  const sections = read.sections.filter(({ heading }) => readHeading(heading, rules.heading).version === version);
  const [first, second] = sections;
  const only = second ? undefined : first;
  const parts = only ? readSubsections(only, read.links) : [];
  const entries = parts.flatMap((part) => part.entries);
  const described = only !== undefined && isDescribed(only) && (rules.links === "optional" || entries.length > 0);
  return {
    findings: [
      ...judgeUnreleased(read, rules),
      ...judgePlaceholders(read, first),
      ...judgePresence(version, sections, described),
      ...(first ? judgeHeading(first, question) : []),
      ...(first ? judgeVersions(read.sections, first, question) : []),
      ...judgeSubsections(parts, rules),
      ...judgeLinks(entries, question),
    ],
    section: only,
    notes: only && isDescribed(only) ? extractNotes(only, read.links) : undefined,
    date: only && dateOf(only, rules),
    entries: entries.length,
    unlinked: entries.filter(({ links }) => links.length === 0).length,
  };
}

function dateOf({ heading }: ChangelogSection, rules: SectionRules): string | undefined {
  const { date, wellFormed } = readHeading(heading, rules.heading);
  return wellFormed && date !== undefined && isDay(date) ? date : undefined;
}

function judgePresence(version: string, sections: ChangelogSection[], described: boolean): ChangelogFinding[] {
  const concern = "section";
  const [first] = sections;
  if (!first)
    return [
      {
        concern,
        code: "plan.changelog-section-missing",
        line: 0,
        because: `expected a section for ${version}, found none`,
      },
    ];
  if (sections.length > 1) {
    const because = `expected one section for ${version}, found ${sections.length}: ${sections.map(({ line }) => `line ${line}`).join(", ")}`;
    return [{ concern, code: "plan.changelog-section-duplicate", line: first.line, because }];
  }
  const because = `expected the section at line ${first.line} to say what changed, found no entry`;
  return described ? [] : [{ concern, code: "plan.changelog-section-empty", line: first.line, because }];
}

function judgeUnreleased({ sections }: Changelog, { unreleased }: SectionRules): ChangelogFinding[] {
  const concern = "finalized";
  const found = sections.filter(({ heading }) => isUnreleased(heading));
  const findings = found
    .filter((section) => unreleased === "refused" || isDescribed(section))
    .map((section): ChangelogFinding => {
      const unwanted = isDescribed(section) ? "notes under it" : "heading of that kind";
      const because = `expected no ${unwanted}, found ${section.heading} at line ${section.line}`;
      return { concern, code: "plan.changelog-not-finalized", line: section.line, because };
    });
  if (unreleased !== "required" || (sections[0] && isUnreleased(sections[0].heading))) return findings;
  const because = "expected an empty Unreleased section on top, found none";
  return [...findings, { concern, code: "plan.changelog-not-finalized", line: sections[0]?.line ?? 0, because }];
}

/** What stands below this version's section is history, and is left alone. */
function judgePlaceholders({ sections }: Changelog, own: ChangelogSection | undefined): ChangelogFinding[] {
  return sections
    .filter(({ heading, line }) => isPlaceholder(heading) && line <= (own?.line ?? Number.POSITIVE_INFINITY))
    .map(({ heading, line }) => ({
      concern: "finalized",
      code: "plan.changelog-placeholder",
      line,
      because: `expected a version and a day, found ${heading} (line ${line})`,
    }));
}

function judgeHeading({ heading, line }: ChangelogSection, { version, rules }: ChangelogQuestion): ChangelogFinding[] {
  const finding = (code: Code, because: string): ChangelogFinding[] => [{ concern: "heading", code, line, because }];
  const expected = writeHeading(rules.heading, version, "YYYY-MM-DD");
  const found = `expected ${expected}, found ${heading} (line ${line})`;
  if (/\bunreleased\b/i.test(heading)) return finding("plan.changelog-unreleased-heading", found);
  const { date, wellFormed } = readHeading(heading, rules.heading);
  if (!wellFormed) return finding("plan.changelog-heading", found);
  return date === undefined || isDay(date)
    ? []
    : finding("plan.changelog-date-invalid", `expected a day of the calendar, found ${date} (line ${line})`);
}
