import { issueMarker } from "#src/domain/changelog/judge-section";
import { type SectionRules, writeHeading } from "#src/domain/changelog/rules";
import { type RevertingCommit, withoutReverted } from "#src/domain/reverted";

/** A commit as the draft needs it. `issues` are the numbers of the issues that it answers, as far as they are known. */
export interface DraftCommit extends RevertingCommit {
  breaking: boolean;
  issues: readonly string[];
}

/** What a draft is made for. `issuesUrl` ends in a slash. */
export interface DraftQuestion {
  version: string;
  date: string;
  rules: SectionRules;
  issuesUrl: string;
}

/** A drafted subsection with the text of its entries. */
export interface DraftedPart {
  title: string;
  entries: string[];
}

/**
 * Sorts commits (newest first) into subsections, oldest entry first. Classes without a place, and commits that a later
 * one reverts, are left out together with what reverts them. An issue that is not known is a visible marker, never an id of a commit.
 */
export function draftParts(commits: readonly DraftCommit[], { rules, issuesUrl }: DraftQuestion): DraftedPart[] {
  const parts = new Map<string, string[]>();
  for (const commit of withoutReverted(commits).toReversed()) {
    const title = (commit.breaking ? rules.draft.breaking : undefined) ?? rules.draft[commit.class];
    if (title === undefined) continue;
    parts.set(title, [...(parts.get(title) ?? []), entryOf(commit, title, { rules, issuesUrl })]);
  }
  const place = (title: string) =>
    rules.sections.includes(title) ? rules.sections.indexOf(title) : rules.sections.length;
  return [...parts].map(([title, entries]) => ({ title, entries })).sort((a, b) => place(a.title) - place(b.title));
}

/** Drafts a version's section from commits (newest first); without any that tell, one entry asks to be written. */
export function draftSection(commits: readonly DraftCommit[], question: DraftQuestion): string {
  const { rules, version, date } = question;
  const parts = draftParts(commits, question);
  const [title = ""] = rules.sections;
  const shown = parts.length > 0 ? parts : [{ title, entries: [`TODO describe what changed ${issueMarker}`] }];
  const blocks = shown.map(
    ({ title: name, entries }) => `### ${name}\n\n${entries.map((entry) => `- ${entry}`).join("\n")}\n`,
  );
  return [`## ${writeHeading(rules.heading, version, date)}\n`, ...blocks].join("\n");
}

function entryOf(
  { subject, issues, breaking }: DraftCommit,
  title: string,
  { rules, issuesUrl }: Pick<DraftQuestion, "rules" | "issuesUrl">,
): string {
  const links = issues.map((number) => `[#${number}](${issuesUrl}${number})`);
  const missing = links.length === 0 && rules.links === "required" ? [issueMarker] : [];
  const loud = breaking && title !== "breaking" ? ["**Breaking:**"] : [];
  return [...loud, plainText(describe(subject)), links.join(", "), ...missing].filter(Boolean).join(" ");
}

/** The subject without its type; the scope stays, for it says where. A subject that says nothing asks to be written. */
function describe(subject: string): string {
  const flat = subject.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
  const [, scope, words] = /^[a-z]+(?:\(([^()]+)\))?!?: (\S.*)$/i.exec(flat) ?? [];
  const text = words === undefined ? flat : [...(scope === undefined ? [] : [`${scope}:`]), words].join(" ");
  return text || "TODO describe";
}

/** Escapes what Markdown would take for markup; inline code stays. */
function plainText(text: string): string {
  const pieces = /``|\\/.test(text) ? [text] : text.split(/(`[^`]+`)/);
  const plain = pieces
    .map((piece, index) => (index % 2 === 1 ? piece : piece.replace(/[\\`*_[\]<>~|]/g, "\\$&")))
    .join("");
  return plain.replace(/^(\d+)([.)])/, "$1\\$2").replace(/^[-+#=]/, "\\$&");
}
