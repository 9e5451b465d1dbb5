import { addressText } from "#src/domain/issue-address";
import { type Question, question } from "#src/domain/question";
import type { Check } from "#src/domain/verdict";
import type { Policy } from "../facts.ts";
import { auditLimit } from "./gather-issues.ts";
import type { Audited, AuditedIssue, IssueAudit } from "./issue-facts.ts";

const shown = 10;
const evidenceLimit = 100;

/** Judges the issues of a release. `issues.audit: report` makes all of it advisory; labels that decide the step always have to be known. */
export function judgeIssues(policy: Pick<Policy, "issues" | "bump" | "labels">, audited: Audited): Check[] {
  const decide = policy.issues.audit === "block";
  const titled = (id: string, title: string) => question(id, title, decide);
  const linked = titled("commit-issues", "Every commit since the release before refers to an issue");
  const checks =
    policy.issues.audit === "off"
      ? [linked.notApplicable("plan.not-applicable", "the configuration says issues.audit: off")]
      : auditChecks(linked, audited, titled);
  return [...checks, ...judgeLabels(policy, audited)];
}

function auditChecks(linked: Question, audited: Audited, titled: (id: string, title: string) => Question): Check[] {
  const complete = titled("issue-fields", "Every issue tells what it has to");
  const labelled = titled("issue-labels", "Every issue carries one of the labels");
  const closed = titled("issues-closed", "Every issue that is fixed is closed with a reference to its fix");
  const described = titled("changelog-issues", "Every issue that the changelog links to exists");
  if (!audited)
    return [linked, complete, labelled, closed, described].map((ask) =>
      ask.notApplicable("plan.not-applicable", "this needs the base, and the commits since it"),
    );
  const { audit } = audited;
  return [
    judgeLinks(linked, audited),
    judgeContents(complete, audit, { code: "plan.issue-incomplete", wrong: ({ missing }) => missing.join(", ") }),
    judgeContents(labelled, audit, {
      code: "plan.issue-unlabelled",
      wrong: ({ unlabelled }) => (unlabelled ? "none" : ""),
    }),
    judgeClosed(closed, audit),
    judgeDescribed(described, audit),
  ];
}

function judgeLinks(ask: Question, { facts, audit }: NonNullable<Audited>): Check {
  const of = (state: string) => audit.links.filter((link) => link.state === state);
  const [missing, unknown] = [of("missing"), of("unknown")];
  const told = (links: typeof missing) => listed(links.map(({ commit, why }) => `${commit.sha.slice(0, 12)} (${why})`));
  const shas = (links: typeof missing) => links.slice(0, evidenceLimit).map(({ commit }) => commit.sha);
  if (missing.length > 0)
    return ask.fail(
      "plan.commit-without-issue",
      `expected an issue of each of ${audit.links.length} commits, found none of ${missing.length}: ${told(missing)}`,
      shas(missing),
    );
  if (unknown.length > 0)
    return ask.unsure(
      "plan.issues-unknown",
      `expected an issue of each of ${audit.links.length} commits, found ${unknown.length} of which nobody can tell: ${told(unknown)}`,
      shas(unknown),
    );
  if (facts.older > 0)
    return ask.unsure(
      "plan.issues-unknown",
      `expected at most ${auditLimit} commits since the release before, found ${facts.older} more that were not audited`,
    );
  return ask.pass(
    `${of("linked").length} commits refer to ${audit.issues.length} issues, and ${of("exempt").length} need none`,
  );
}

function judgeContents(
  ask: Question,
  audit: IssueAudit,
  { code, wrong }: { code: "plan.issue-incomplete" | "plan.issue-unlabelled"; wrong: (issue: AuditedIssue) => string },
): Check {
  const lacking = audit.issues.filter((issue) => wrong(issue) !== "");
  if (lacking.length === 0) return doubtful(ask, audit) ?? ask.pass(`${audit.issues.length} issues`);
  const what = code === "plan.issue-incomplete" ? "that tell all" : "with one of the labels";
  const each = listed(
    lacking.map(
      (one) =>
        addressText(one.subject) +
        (one.missing.length > 0 && code === "plan.issue-incomplete" ? ` (no ${one.missing.join(", ")})` : ""),
    ),
  );
  return ask.fail(
    code,
    `expected ${audit.issues.length} issues ${what}, found ${lacking.length} without: ${each}`,
    lacking.slice(0, evidenceLimit).map(({ subject }) => subject.url),
  );
}

function judgeClosed(ask: Question, audit: IssueAudit): Check {
  const wrong = audit.settled.filter(({ state }) => state !== "closed");
  if (wrong.length === 0) return doubtful(ask, audit) ?? ask.pass(`${audit.settled.length} fixed issues`);
  const each = wrong.map(({ issue, commits, state }) => {
    const by = commits
      .map((sha) => sha.slice(0, 12))
      .slice(0, 3)
      .join(", ");
    return `${addressText(issue)} (${state === "open" ? "open" : "closed without a reference"}, fixed by ${by})`;
  });
  return ask.fail(
    "plan.issue-open-but-fixed",
    `expected every fixed issue to be closed, found: ${listed(each)}`,
    wrong.slice(0, evidenceLimit).map(({ issue }) => issue.url),
  );
}

function judgeDescribed(ask: Question, { described }: IssueAudit): Check {
  if (described.absent.length > 0)
    return ask.fail("plan.changelog-issue-absent", `expected existing issues, found no ${listed(described.absent)}`);
  if (described.unknown.length > 0)
    return ask.unsure(
      "plan.issues-unknown",
      `expected existing issues, found nobody to tell of ${listed(described.unknown)}`,
    );
  return ask.pass("every linked issue was looked up");
}

/** What could not be looked up may be an issue that lacks something, or that is still open. */
function doubtful(ask: Question, { doubts }: IssueAudit): Check | undefined {
  if (doubts.length === 0) return undefined;
  return ask.unsure("plan.issues-unknown", `expected to look everything up, found nobody to tell: ${listed(doubts)}`);
}

/** Labels that decide the step and are not known would make a small step of any change. */
function judgeLabels({ bump, labels }: Pick<Policy, "bump" | "labels">, audited: Audited): Check[] {
  if (bump.decision !== "labels" || labels.size > 0 || !audited) return [];
  const ask = question("labels-known", "The labels that decide the step are known");
  const { audit, facts } = audited;
  if (facts.older > 0)
    return [ask.unsure("plan.issues-unknown", `expected at most ${auditLimit} commits, found ${facts.older} more`)];
  return [doubtful(ask, audit) ?? ask.pass(`of ${audit.links.length} commits`)];
}

function listed(all: string[]): string {
  const more = all.length > shown ? ` and ${all.length - shown} more` : "";
  return all.slice(0, shown).join(", ") + more;
}
