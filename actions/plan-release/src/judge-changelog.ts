import { type Changelog, type ChangelogSection, extractNotes, isDescribed, readChangelog } from "#src/domain/changelog/read";
import type { Check } from "#src/domain/verdict";
import { type Aim, isUnnamed } from "./aim.ts";
import type { Policy, Sighting } from "./facts.ts";
import { unnamedCheck } from "./judge-version.ts";
import { question } from "./question.ts";

/** What the changelog says about a version. `notes` is undefined where it has no usable section. */
export interface Description {
  checks: Check[];
  notes: string | undefined;
}

const asks = {
  section: () => question("changelog-section", "The changelog describes exactly this version, once"),
  heading: () => question("changelog-heading", "The section is headed [X.Y.Z] - YYYY-MM-DD"),
  finalized: () => question("changelog-finalized", "Nothing is left under Unreleased"),
};

/** Judges the changelog (keep-a-changelog 1.1.0) and takes the version's notes out of it. A pre-release needs no section. */
export function judgeChangelog({ changelog: policy }: Policy, { changelog }: Sighting, { version }: Aim): Description {
  if (policy.format === "none") return excused("the configuration says `changelog.format: none`");
  if (isUnnamed(version)) return { checks: [unnamedCheck(asks.section(), version)], notes: undefined };
  if (version.class === "pre-release") return excused(`${version.text} is a pre-release, which needs no section`);
  if (changelog === undefined) {
    const because = `expected ${policy.file} in the commit, found no such file`;
    return { checks: [asks.section().fail("plan.changelog-section-missing", because)], notes: undefined };
  }
  const read = readChangelog(changelog);
  const sections = read.sections.filter(({ heading }) => versionIn(heading) === version.text);
  const [only, second] = sections;
  const notes = only && !second && isDescribed(only) ? extractNotes(only, read.links) : undefined;
  return {
    checks: [
      section(version.text, policy.file, sections),
      ...sections.map((one) => heading(version.text, one)).slice(0, 1),
      finalized(read),
    ],
    notes,
  };
}

function excused(because: string): Description {
  return { checks: [asks.section().notApplicable(because)], notes: undefined };
}

/** Reads which version a heading opens with, whatever its form. */
function versionIn(heading: string): string | undefined {
  return /^\[?v?(\d[^\]\s()]*)/.exec(heading)?.[1];
}

function section(version: string, file: string, sections: ChangelogSection[]): Check {
  const ask = asks.section();
  const [only] = sections;
  const places = sections.map(({ line }) => `line ${line}`);
  if (!only)
    return ask.fail("plan.changelog-section-missing", `expected a section for ${version} in ${file}, found none`);
  if (sections.length > 1)
    return ask.fail(
      "plan.changelog-section-duplicate",
      `expected one section for ${version}, found ${sections.length}: ${places.join(", ")}`,
    );
  return isDescribed(only)
    ? ask.pass(`${file}, ${places.join("")}`, ["notes.md"])
    : ask.fail(
        "plan.changelog-section-empty",
        `expected the section at ${places.join("")} to say what changed, found no text`,
      );
}

function heading(version: string, { heading: text, line }: ChangelogSection): Check {
  const ask = asks.heading();
  const found = `expected [${version}] - YYYY-MM-DD, found ${text} (line ${line})`;
  if (/unreleased/i.test(text)) return ask.fail("plan.changelog-unreleased-heading", found);
  const [, named, date = ""] = /^\[([^\]]+)\](?:\([^()\s]+\))? - (\d{4}-\d{2}-\d{2})$/.exec(text) ?? [];
  if (named !== version) return ask.fail("plan.changelog-heading", found);
  return isDay(date)
    ? ask.pass(text)
    : ask.fail("plan.changelog-date-invalid", `expected a day of the calendar, found ${date} (line ${line})`);
}

/** A day that the calendar does not have, such as February 30, comes back as another one, or not at all. */
function isDay(date: string): boolean {
  const parsed = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date);
}

function finalized({ sections }: Changelog): Check {
  const ask = asks.finalized();
  const left = sections.find((one) => /^\[?unreleased\b/i.test(one.heading) && isDescribed(one));
  return left
    ? ask.fail("plan.changelog-not-finalized", `expected no notes under Unreleased, found some at line ${left.line}`)
    : ask.pass("no notes stand under Unreleased");
}
