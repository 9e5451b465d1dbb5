import { addressText } from "#src/domain/issue-address";
import { capBytes, codeBlock, escapeMarkdown, inlineCode, table } from "#src/report/markdown";
import type { CommitDraft } from "./draft-issues.ts";
import type { AuditedIssue, IssueAudit } from "./issue-facts.ts";

const shownRows = 50;
const shownDrafts = 5;
const draftLimit = 4_000;

/** Renders what the audit has against commits and issues in one table, and the text of the issues to file. */
export function issueSummary(audit: IssueAudit, drafts: CommitDraft[]): string[] {
  const rows = offences(audit);
  if (rows.length === 0) return [];
  const left = rows.length - shownRows;
  const more = left > 0 ? `\n\n_${left} more are in issue-audit.json._` : "";
  const offending = table(["Commit or issue", "What it is", "What is wrong"], rows.slice(0, shownRows)) + more;
  return [`#### Issues\n\n${offending}`, ...drafts.slice(0, shownDrafts).map(showDraft)];
}

function offences({ links, issues, settled, described }: IssueAudit): string[][] {
  const subject = (one: AuditedIssue["subject"]) => [
    inlineCode(addressText(one)),
    escapeMarkdown(one.title.slice(0, 200)),
  ];
  return [
    ...links
      .filter(({ state }) => state === "missing" || state === "unknown")
      .map(({ commit, state, why }) => [
        inlineCode(commit.sha.slice(0, 12)),
        escapeMarkdown(commit.subject.slice(0, 200)),
        escapeMarkdown(state === "missing" ? `no issue: ${why}` : `not known: ${why}`),
      ]),
    ...issues.flatMap(({ subject: one, missing, unlabelled }) => {
      const wrong = [...(missing.length > 0 ? [`no ${missing.join(", ")}`] : []), ...(unlabelled ? ["no label"] : [])];
      return wrong.length > 0 ? [[...subject(one), escapeMarkdown(wrong.join("; "))]] : [];
    }),
    ...settled
      .filter(({ state }) => state !== "closed")
      .map(({ issue, state }) => [
        ...subject(issue),
        state === "open" ? "fixed, but open" : "closed without a reference",
      ]),
    ...described.absent.map((one) => [inlineCode(one), "linked by the changelog", "does not exist"]),
  ];
}

function showDraft({ title, body, labels }: CommitDraft): string {
  const head = `<details><summary>Issue to file: ${escapeMarkdown(title)}</summary>`;
  const label = labels.length > 0 ? `Label: ${labels.map(inlineCode).join(", ")}\n\n` : "";
  return `${head}\n\n${label}${codeBlock(capBytes(body, draftLimit), "md")}\n\n</details>`;
}
