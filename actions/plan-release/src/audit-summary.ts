import type { AuditedTag, UntaggedVersion } from "#src/domain/audit-findings";
import { escapeMarkdown, inlineCode, table } from "#src/report/markdown";

/** What an audit found. A list that is null was not asked for, or nobody could be asked. */
export interface AuditFindings {
  /** Tag after which the audit begins; null for the whole history. */
  since: string | null;
  /** How many versions stood on the branch, and how many release tags there are. */
  versions: number;
  tags: number;
  "untagged-versions": UntaggedVersion[];
  "mismatched-tags": (AuditedTag & { carries: string | null })[];
  "unreadable-tags": string[];
  "lightweight-tags": string[] | null;
  "unreleased-tags": string[] | null;
}

const shown = 200;

/** Renders the findings, longest first kept short: audit.json holds all. */
export function auditSummary(findings: AuditFindings): string {
  const rows = [
    ...findings["untagged-versions"].map(({ version, commit }) => [
      escapeMarkdown(version),
      "never tagged",
      inlineCode(commit),
    ]),
    ...findings["mismatched-tags"].map(({ tag, commit, carries }) => [
      escapeMarkdown(tag),
      `carries ${escapeMarkdown(carries ?? "no version")}`,
      inlineCode(commit),
    ]),
    ...named(findings["unreadable-tags"], "out of reach"),
    ...named(findings["lightweight-tags"], "lightweight"),
    ...named(findings["unreleased-tags"], "never released"),
  ];
  if (rows.length === 0) return `Nothing found in ${findings.versions} versions and ${findings.tags} tags.`;
  const more = rows.length > shown ? `\n\n_${rows.length - shown} more are in audit.json._` : "";
  return table(["Version or tag", "Finding", "Commit"], rows.slice(0, shown)) + more;
}

function named(tags: string[] | null, finding: string): string[][] {
  return (tags ?? []).map((tag) => [escapeMarkdown(tag), finding, ""]);
}
