import { readCommit } from "#src/domain/conventional-commit";
import type { Commit } from "#src/ports/git-history";
import type { CommitSummary, ListedCommit } from "./facts.ts";

/** How many commits the context lists; all are counted. */
export const listLimit = 1_000;

const subjectLimit = 200;

/** Folds a stream of commits into counts and a bounded list, so that memory does not grow with the history. */
export async function summariseCommits(commits: AsyncIterable<Commit>): Promise<CommitSummary> {
  const summary: CommitSummary = { total: 0, breaking: 0, reverts: 0, "by-class": {}, listed: [] };
  const counts = summary["by-class"];
  for await (const commit of commits) {
    const listed = describeCommit(commit);
    summary.total += 1;
    summary.breaking += listed.breaking ? 1 : 0;
    summary.reverts += listed.reverts.length;
    counts[listed.class] = (counts[listed.class] ?? 0) + 1;
    if (summary.listed.length < listLimit) summary.listed.push(listed);
  }
  return summary;
}

function describeCommit({ sha, parents, message }: Commit): ListedCommit {
  const [subject = ""] = message.split("\n", 1);
  return { sha, subject: subject.slice(0, subjectLimit), ...readCommit(message, parents.length) };
}
