/** A commit of the repository in a folder of its own, with a place for one result file outside of it. */
export interface Worktree {
  directory: string;
  /** Path to which a command may write its result. */
  results: string;
  /** Takes the result away: reads and removes it. Undefined where there is none, or where it is larger than a gate reads. */
  takeResults(): Promise<Uint8Array | undefined>;
  close(): Promise<void>;
}

/** Opens commits of the checkout's repository beside each other. */
export interface Worktrees {
  /** Tells which commit a tag of the checkout names; undefined where it has no such tag. */
  commitOf(tag: string): Promise<string | undefined>;
  open(commit: string): Promise<Worktree | { broken: string }>;
  /** Describes the machine, as far as it bears on measurements. */
  host(): string;
}
