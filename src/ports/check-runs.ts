/** One run of a check on a commit, in GitHub's own words; a commit status is told in the words of a check run. */
export interface CheckRun {
  /** Grows with time: of two runs, the newer has the larger one. */
  id: number;
  name: string;
  /** Commit that it ran on. */
  sha: string;
  /** GitHub's progress of it: `completed`, or any word for what has not ended. */
  phase: string;
  /** GitHub's conclusion; null until it has completed. */
  conclusion: string | null;
  completed: Date | null;
  url: string;
}

/** What GitHub knows about the checks of commits. */
export interface CheckRuns {
  /**
   * Lists the latest runs on a commit. Where one of the names is not among them, commit statuses are listed too. Throws
   * `gates.ci-unknown` on an answer that cannot be read, besides the codes of the client.
   */
  forCommit(sha: string, names: string[]): Promise<CheckRun[]>;
}
