import { addressText } from "#src/domain/issue-address";
import type { IssueDraft, IssuesToFile } from "#src/domain/issue-draft";
import { unmask } from "#src/report/deceptive";
import { capBytes, codeBlock, escapeMarkdown, inlineCode } from "#src/report/markdown";
import type { Policy } from "../facts.ts";
import { draftFingerprint, draftKey } from "./filed-issues.ts";
import type { CommitLink, IssueAudit } from "./issue-facts.ts";

const titleLimit = 200;
const messageLimit = 6_000;
const pathLimit = 50;
/** How many issues one release drafts; the rest is drafted when these are filed. */
const draftLimit = 50;

type DraftPolicy = Pick<Policy, "issues" | "home">;

/** A drafted issue with the commits that it is for. */
export interface CommitDraft extends IssueDraft {
  commits: string[];
}

/** Drafts the issues that commits lack: one for each pull request, else one for each commit. */
export function draftIssues(
  policy: DraftPolicy,
  links: CommitLink[],
  paths: ReadonlyMap<string, string[]>,
): CommitDraft[] {
  const groups = new Map<string, CommitLink[]>();
  for (const link of links) {
    if (link.state !== "missing") continue;
    const key = draftKey(link);
    groups.set(key, [...(groups.get(key) ?? []), link]);
  }
  return [...groups.values()].slice(0, draftLimit).map((group) => drafted(policy, group, paths));
}

function drafted(
  { issues, home }: DraftPolicy,
  group: CommitLink[],
  paths: ReadonlyMap<string, string[]>,
): CommitDraft {
  const [first] = group;
  if (!first) throw new RangeError("expected a commit to draft an issue for");
  const [pull] = first.pulls;
  return {
    fingerprint: draftFingerprint({ home }, first),
    title: titleOf(pull?.title ?? first.commit.subject),
    body: [
      `### Description\n\n${descriptionOf(first)}`,
      `### Impact\n\n${impactOf(group)}`,
      `### Affected files\n\n${filesOf(group, paths)}`,
      `### Commits\n\n${group.map(({ commit }) => `- ${commit.sha} ${escapeMarkdown(commit.subject.slice(0, titleLimit))}`).join("\n")}`,
    ].join("\n\n"),
    labels: labelOf(first, issues),
    commits: group.map(({ commit }) => commit.sha),
  };
}

function titleOf(subject: string): string {
  const flat = unmask(subject).replace(/\s+/g, " ").trim();
  return flat.slice(0, titleLimit) || "A commit without a subject";
}

function descriptionOf({ commit, pulls: [pull] }: CommitLink): string {
  const [from, text] = pull ? [addressText(pull), pull.body.trim() || pull.title] : ["the commit", commit.message];
  return `As ${from} says it:\n\n${codeBlock(capBytes(text, messageLimit), "text")}`;
}

const effects = new Map([
  ["feat", "Users get something new."],
  ["fix", "What users have does not work as it should."],
  ["perf", "What users have takes longer, or more, than it has to."],
  ["docs", "Readers of the documentation."],
  ["revert", "Users lose what an earlier release gave them."],
]);

function impactOf(group: CommitLink[]): string {
  const inside = group.flatMap(({ commit }) => [commit, ...commit.carried]);
  const told = inside.flatMap(({ class: kind }) => effects.get(kind) ?? []);
  const loud = inside.some(({ breaking }) => breaking) ? ["It breaks what users rely on."] : [];
  const all = [...new Set([...loud, ...told])];
  return all.length > 0 ? all.join(" ") : "None that users see, by the type of the commit.";
}

function filesOf(group: CommitLink[], paths: ReadonlyMap<string, string[]>): string {
  const known = group.flatMap(({ commit }) => paths.get(commit.sha) ?? []);
  const all = [...new Set(known)].sort();
  if (all.length === 0) return "As the commits show them; the plan did not read them.";
  const more = all.length > pathLimit ? [`- and ${all.length - pathLimit} more`] : [];
  return [...all.slice(0, pathLimit).map((path) => `- ${inlineCode(path)}`), ...more].join("\n");
}

function labelOf({ commit }: CommitLink, { labels, "draft-labels": wanted }: Policy["issues"]): string[] {
  const label = wanted[commit.class];
  const known = labels.find((one) => one.toLowerCase() === label?.toLowerCase()) ?? labels[0];
  return known === undefined ? [] : [known];
}

/**
 * What is handed on to be filed and closed, as far as the policy says so. What a draft asks for is in the commits already, so that it
 * is closed as it is filed. Issues of other repositories are left to those.
 */
export function issuesToFile(
  { issues, home }: DraftPolicy,
  { settled }: IssueAudit,
  { drafts, tag }: { drafts: CommitDraft[]; tag: string },
): IssuesToFile {
  const own = settled.filter(
    ({ issue, state }) => state === "open" && issue.repository === home.repository.toLowerCase(),
  );
  const close = issues["close-fixed"];
  const comment = (commits: string[]) =>
    `Fixed by ${commits.slice(0, 20).join(", ")}, which ${inlineCode(tag)} releases.`;
  const filed = drafts.map(({ commits, ...draft }) => ({ ...draft, ...(close ? { fixed: comment(commits) } : {}) }));
  return {
    file: issues["file-missing"] ? filed : [],
    close: close ? own.map(({ issue, commits }) => ({ number: issue.number, comment: comment(commits) })) : [],
  };
}
