import { Failure } from "#src/domain/failure";
import type { GitHistory } from "#src/ports/git-history";
import type { CommitLink } from "./issue-facts.ts";

/** For how many commits without an issue the files are read: each takes one comparison of two trees. */
const commitLimit = 20;

/** One more than a draft shows, so that it can say that there are more. */
const pathLimit = 200;

/**
 * Reads which files the commits changed that lack an issue, for the drafts. A checkout that leaves old trees out may not be able to
 * tell; the rest is then left unknown.
 */
export async function changedFiles(links: CommitLink[], history: GitHistory): Promise<Map<string, string[]>> {
  const changed = new Map<string, string[]>();
  const lacking = links.filter(({ state }) => state === "missing").slice(0, commitLimit);
  for (const { commit } of lacking) {
    try {
      const paths: string[] = [];
      for await (const path of history.changedPaths(commit.parents[0] ?? null, commit.sha)) {
        paths.push(path);
        if (paths.length >= pathLimit) break;
      }
      changed.set(commit.sha, paths);
    } catch (error) {
      if (!(error instanceof Failure) || error.kind === "bug") throw error;
      return changed;
    }
  }
  return changed;
}
