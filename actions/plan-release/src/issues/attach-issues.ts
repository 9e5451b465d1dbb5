import { canonicalJson } from "#src/domain/digest";
import { addressText } from "#src/domain/issue-address";
import { issuesToFileAttachment } from "#src/domain/issue-draft";
import type { Attachment } from "#src/domain/report";
import type { Policy } from "../facts.ts";
import { type CommitDraft, draftIssues, issuesToFile } from "./draft-issues.ts";
import type { IssueAudit, IssueFacts } from "./issue-facts.ts";
import { issueSummary } from "./issue-summary.ts";

/** Format of the audit's file. */
const auditFormat = "seaworthy-issue-audit/1";

/** What the audit adds to the report: its file, what is handed on to be filed, and Markdown for the summary. */
export interface IssueReport {
  attachments: Attachment[];
  summary: string[];
}

/** Reports the audit: all of it in `issue-audit.json`; nothing is written to the tracker here. */
export function reportIssues(
  policy: Pick<Policy, "issues" | "home">,
  { facts, audit }: { facts: IssueFacts; audit: IssueAudit },
  tag: string,
): IssueReport {
  const drafts = draftIssues(policy, audit.links, facts.paths);
  const handed = issuesToFile(policy, audit, { drafts, tag });
  const wanted = handed.file.length + handed.close.length > 0;
  return {
    attachments: [
      { name: "issue-audit.json", content: canonicalJson(auditFile(facts, audit, drafts)) },
      ...(wanted ? [{ name: issuesToFileAttachment, content: canonicalJson(handed) }] : []),
    ],
    summary: issueSummary(audit, drafts),
  };
}

function auditFile(
  { older }: IssueFacts,
  { links, issues, settled, doubts, described }: IssueAudit,
  drafts: CommitDraft[],
) {
  return {
    schema: auditFormat,
    commits: links.map(({ commit, state, why, issues: found, pulls }) => ({
      sha: commit.sha,
      subject: commit.subject.slice(0, 200),
      state,
      why,
      issues: found.map(addressText),
      "pull-requests": pulls.map(addressText),
    })),
    "commits-not-audited": older,
    issues: issues.map(({ subject, commits, missing, unlabelled }) => ({
      issue: addressText(subject),
      url: subject.url,
      labels: subject.labels,
      commits,
      missing,
      unlabelled,
    })),
    fixed: settled.map(({ issue, commits, state }) => ({
      issue: addressText(issue),
      closer: issue.closer ?? null,
      commits,
      state,
    })),
    changelog: described,
    doubts,
    drafts,
  };
}
