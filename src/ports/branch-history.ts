/** How a commit stands to another: their best common ancestor (null without one), and how many commits only one of them has. */
export interface Relation {
  base: string | null;
  /** Commits that only the source has. */
  ahead: number;
  /** Commits that only the target has. */
  behind: number;
}

/** A commit that only the target has. */
export interface StrayCommit {
  sha: string;
  subject: string;
  /** Commit of the source with the same content, where there is one: the stray is its squash. */
  twin: string | undefined;
}

/** What keeps two diverged commits apart. */
export interface Divergence {
  /** What only the target has, newest first; the first hundred. */
  strays: StrayCommit[];
  /** Paths that a merge could not join by itself; `unknown` where git could not try. */
  conflicts: string[] | "unknown";
}

/** The history behind branches. */
export interface BranchHistory {
  /** Relates two commits; `unknown` where the checkout does not hold both with their history. */
  relate(source: string, target: string): Promise<Relation | "unknown">;
  /** Explains why two commits have diverged. Nothing is written, neither to the checkout nor to any branch. */
  diverge(source: string, target: string): Promise<Divergence>;
}
