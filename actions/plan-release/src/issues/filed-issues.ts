import { addressText } from "#src/domain/issue-address";
import { fingerprintOf, readOwnMarker } from "#src/domain/issue-marker";
import type { FoundIssue, LabelledIssues } from "#src/ports/linked-issues";
import type { Policy } from "../facts.ts";
import type { CommitLink, FiledIssues } from "./issue-facts.ts";

/** What one draft is for: a pull request whose commits lack an issue, else a commit. */
export function draftKey({ commit, pulls: [pull] }: Pick<CommitLink, "commit" | "pulls">): string {
  return pull ? addressText(pull) : commit.sha;
}

/** The fingerprint by which a filed draft is found again. */
export function draftFingerprint({ home }: Pick<Policy, "home">, link: Parameters<typeof draftKey>[0]): string {
  return fingerprintOf("plan.commit-without-issue", home.repository, draftKey(link));
}

/**
 * Tells which of the issues that carry the audit's label the suite has filed for a draft, by the marker of the account that files.
 * Of several with one fingerprint the filing goes by the open one with the lowest number; so does this.
 */
export function readFiled({ issues, doubt }: LabelledIssues, account: string): FiledIssues {
  const known = new Map<string, FoundIssue>();
  const byAge = issues.toSorted((a, b) => Number(b.open) - Number(a.open) || a.number - b.number);
  for (const { author, ...issue } of byAge) {
    const marker = readOwnMarker({ author, body: issue.body }, account);
    if (marker?.kind === "draft" && !known.has(marker.fingerprint)) known.set(marker.fingerprint, issue);
  }
  return { known, doubt };
}
