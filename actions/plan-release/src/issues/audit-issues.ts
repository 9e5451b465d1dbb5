import { addressText, type IssueAddress } from "#src/domain/issue-address";
import { missingFields } from "#src/domain/issue-fields";
import type { FoundIssue } from "#src/ports/linked-issues";
import type { AuditedIssue, CommitLink, IssueAudit, IssueFacts, SettledIssue } from "./issue-facts.ts";
import { type LinkPolicy, linkCommits } from "./link-commits.ts";

/** Audits the commits of a range: links them with their issues, and holds those against what an issue has to tell. */
export function auditIssues(policy: LinkPolicy, facts: IssueFacts): IssueAudit {
  const links = linkCommits(policy, facts);
  return {
    links,
    issues: audited(links, policy),
    settled: settled(links),
    doubts: links.flatMap(({ commit, doubts }) => doubts.map((one) => `${commit.sha.slice(0, 12)}: ${one}`)),
    described: describedIssues(facts),
  };
}

function audited(links: CommitLink[], { issues: rules }: LinkPolicy): AuditedIssue[] {
  const byAddress = new Map<string, AuditedIssue>();
  for (const { commit, state, issues, pulls } of links) {
    if (state !== "linked") continue;
    for (const subject of issues.length > 0 ? issues : pulls) {
      const known = byAddress.get(addressText(subject));
      if (known) known.commits.push(commit.sha);
      else byAddress.set(addressText(subject), { subject, commits: [commit.sha], ...lacks(subject, rules) });
    }
  }
  return [...byAddress.values()];
}

function lacks({ title, body, labels }: AuditedIssue["subject"], rules: LinkPolicy["issues"]) {
  const carried = new Set(labels.map((label) => label.toLowerCase()));
  return {
    missing: [...(title.trim() === "" ? ["title"] : []), ...missingFields(body, rules["required-fields"])],
    unlabelled: rules.labels.length > 0 && !rules.labels.some((label) => carried.has(label.toLowerCase())),
  };
}

function settled(links: CommitLink[]): SettledIssue[] {
  const byAddress = new Map<string, { issue: FoundIssue; commits: string[]; told: boolean }>();
  for (const { commit, issues, settles, untold } of links) {
    for (const issue of issues) {
      const key = addressText(issue);
      if (!settles.includes(key)) continue;
      const known = byAddress.get(key) ?? { issue, commits: [], told: false };
      byAddress.set(key, { issue, commits: [...known.commits, commit.sha], told: known.told || !untold.includes(key) });
    }
  }
  return [...byAddress.values()].map(({ issue, commits, told }) => {
    const shown = commits.some((sha) => issue.named.some((id) => sha.startsWith(id)));
    const referenced = told || shown || issue.closer !== undefined;
    return { issue, commits, state: issue.open ? "open" : referenced ? "closed" : "unreferenced" };
  });
}

function describedIssues({ described, found }: IssueFacts): IssueAudit["described"] {
  const at = (kind: "absent" | "unknown") =>
    described.filter((one: IssueAddress) => (found.get(addressText(one))?.kind ?? "unknown") === kind).map(addressText);
  return { absent: at("absent"), unknown: at("unknown") };
}
