/** A commit as the history tells it. */
export interface Commit {
  sha: string;
  parents: string[];
  /** The whole message; its first line is the subject. */
  message: string;
}

/** The history that the checkout holds. */
export interface GitHistory {
  /** Streams the commits that `tip` has and `base` has not, children before parents; all of them where base is null. Throws `plan.history-unreadable`. */
  commitsSince(base: string | null, tip: string): AsyncIterable<Commit>;
  /** Tells whether `older` is `newer` or one of its ancestors; `unknown` where one of them is not in the checkout. */
  isAncestor(older: string, newer: string): Promise<boolean | "unknown">;
  /** Names the first parent of a commit: null of a root, `unknown` where the checkout does not hold the commit. */
  firstParent(commit: string): Promise<string | null | "unknown">;
  /**
   * Streams the commits on the first-parent chain of `tip` that `base` has not (all where it is null) and that changed one
   * of the paths against their own first parent, newest first. Throws `plan.history-unreadable`.
   */
  changesOf(paths: string[], range: { base: string | null; tip: string }): AsyncIterable<string>;
  /** Streams the paths that differ between two commits, both names of a moved file; all of `tip` where `base` is null. Throws `plan.history-unreadable`. */
  changedPaths(base: string | null, tip: string): AsyncIterable<string>;
  /** Lists the commits that the checkout's refs point at: all of them, and those whose history contains `sha`. Throws `plan.history-unreadable`. */
  tips(sha: string): Promise<{ all: Set<string>; containing: Set<string> }>;
}
