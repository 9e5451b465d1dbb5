import type { CheckRun } from "#src/domain/required-checks";

/** What GitHub knows about the checks of commits. */
export interface CheckRuns {
  /**
   * Lists the latest runs on a commit. Where one of the names is not among them, commit statuses are listed too. Throws
   * `gates.ci-unknown` on an answer that cannot be read, besides the codes of the client.
   */
  forCommit(sha: string, names: string[]): Promise<CheckRun[]>;
}
