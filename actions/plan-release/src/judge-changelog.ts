import type { ChangelogFinding, Concern } from "#src/domain/changelog/finding";
import { judgeReleaseDay } from "#src/domain/changelog/release-day";
import { rulesOf, writeHeading } from "#src/domain/changelog/rules";
import { type ChangelogReview, validateChangelog } from "#src/domain/changelog/validate";
import { type Question, question } from "#src/domain/question";
import type { Check } from "#src/domain/verdict";
import type { Version } from "#src/domain/version";
import { type Aim, isUnnamed } from "./aim.ts";
import type { Facts, Policy } from "./facts.ts";
import { judgeHistory } from "./judge-changelog-history.ts";
import { unnamedCheck } from "./judge-version.ts";
import { releaseQuestions } from "./questions.ts";

/** What the changelog says about a version. `notes` and `date` are undefined where it has no usable section. */
export interface Description {
  checks: Check[];
  notes: string | undefined;
  /** The day in the section's heading. */
  date?: string | undefined;
}

/** Judges the changelog by the rules of its format, and takes the version's notes out of it; nothing stands in for them. */
export function judgeChangelog(policy: Policy, facts: Facts, aim: Aim): Description {
  const { changelog } = policy;
  const { version } = aim;
  if (changelog.format === "none") return excused("the configuration says `changelog.format: none`");
  if (isUnnamed(version)) return { checks: [unnamedCheck(releaseQuestions.section, version)], notes: undefined };
  const rules = rulesOf(changelog.format, changelog);
  const review = validateChangelog(facts.changelog ?? "", {
    version: version.text,
    rules,
    issuesUrl: policy.issuesUrl,
  });
  if (isExcused(changelog, version, review)) return excused(`${version.text} is a pre-release, which needs no section`);
  if (facts.changelog === undefined)
    return { checks: [fileMissing(changelog.file, facts.setting.alike)], notes: undefined };
  const { tagDate, now } = facts.setting;
  return {
    checks: [
      ...writtenChecks(changelog.file, version, review),
      ...(review.section ? [headingCheck(review, writeHeading(rules.heading, version.text, "YYYY-MM-DD"))] : []),
      ...(review.date === undefined
        ? []
        : [judgeReleaseDay(changelog, review.date, tagDate === undefined ? { now } : { tagged: tagDate })]),
      ...(review.section ? sectionChecks(review, rules.links) : []),
      judgeHistory(changelog.file, rules, { facts, aim }),
    ],
    notes: review.notes,
    date: review.date,
  };
}

function excused(because: string): Description {
  return { checks: [releaseQuestions.section.notApplicable("plan.not-applicable", because)], notes: undefined };
}

/** A pre-release needs no section; one that is there is judged like any other. */
function isExcused(changelog: Policy["changelog"], version: Version, { findings }: ChangelogReview): boolean {
  const missing = findings.some(({ code }) => code === "plan.changelog-section-missing");
  return version.class === "pre-release" && changelog["pre-releases"] === "optional" && missing;
}

function fileMissing(file: string, alike: string[]): Check {
  const found = alike.length > 0 ? alike.join(", ") : "no such file";
  return releaseQuestions.section.fail("plan.changelog-file-missing", `expected ${file} in the commit, found ${found}`);
}

/** Notes of a pre-release may still stand under Unreleased. */
function writtenChecks(file: string, version: Version, review: ChangelogReview): Check[] {
  const finalized = question("changelog-finalized", "Nothing waits under Unreleased or a placeholder");
  return [
    concluded(releaseQuestions.section, review, {
      concern: "section",
      pass: `${file}, line ${review.section?.line ?? 0}`,
      evidence: ["notes.md"],
    }),
    ...(version.class === "pre-release"
      ? []
      : [concluded(finalized, review, { concern: "finalized", pass: "nothing is left there" })]),
  ];
}

function headingCheck(review: ChangelogReview, form: string): Check {
  const ask = question("changelog-heading", `The section is headed ${form}`);
  return concluded(ask, review, { concern: "heading", pass: review.section?.heading ?? form });
}

function sectionChecks(review: ChangelogReview, links: "required" | "optional"): Check[] {
  const entries = `${review.entries} ${review.entries === 1 ? "entry" : "entries"}`;
  const older = review.findings.filter(({ advisory }) => advisory);
  const unlinked = links === "required" ? `${review.unlinked} of ${entries} without a link: ` : "";
  const linked =
    links === "required" ? `${entries}, 0 without a link` : `${entries}; the configuration asks for no links`;
  return [
    concluded(question("changelog-versions", "The version stands on top of lower ones"), review, {
      concern: "versions",
      pass: "it is the newest section",
    }),
    concluded(question("changelog-subsections", "Subsections are known, filled, once each and in order"), review, {
      concern: "subsections",
      pass: "all are",
    }),
    concluded(question("changelog-entries", "Every entry is written and in its place"), review, {
      concern: "entries",
      pass: entries,
    }),
    concluded(question("changelog-links", "Every entry carries what link it needs"), review, {
      concern: "links",
      pass: linked,
      lead: unlinked,
    }),
    concluded(question("changelog-link-targets", "Links to issues lead where their numbers say"), review, {
      concern: "link-targets",
      pass: "none leads astray",
    }),
    ...(older.length > 0 ? [refuse(question("changelog-older", "Older sections are in order", false), older, "")] : []),
  ];
}

interface Answer {
  concern: Concern;
  pass: string;
  /** Words before the list of findings. */
  lead?: string;
  evidence?: string[];
}

/** Answers one question from the findings about it: the first names the code, and all are listed. */
function concluded(
  ask: Question,
  { findings }: ChangelogReview,
  { concern, pass, lead = "", evidence }: Answer,
): Check {
  const against = findings.filter((finding) => finding.concern === concern && !finding.advisory);
  return against.length > 0 ? refuse(ask, against, lead) : ask.pass(pass, evidence);
}

function refuse(ask: Question, findings: ChangelogFinding[], lead: string): Check {
  const [first] = findings;
  const because = `${lead}${findings.map((finding) => finding.because).join("; ")}`;
  return ask.fail(
    first?.code ?? "plan.changelog-heading",
    because,
    findings.map(({ code, line }) => `${code} at line ${line}`),
  );
}
