import type { CheckRun } from "#src/domain/required-checks";

/** What GitHub knows about the checks of commits. */
export interface CheckRuns {
  /**
   * Lists the latest runs on a commit, and its commit statuses of these names: one name may stand in both. Throws
   * `gates.ci-unknown` on an answer that cannot be read, besides the codes of the client.
   */
  forCommit(sha: string, names: string[]): Promise<CheckRun[]>;
}
