/** A file of a commit, as one of many that were asked for at once. */
export type HeldFile = { kind: "text"; text: string } | { kind: "absent" } | { kind: "out-of-reach" };

/** Files of the project as a commit holds them, whatever lies in the working tree. */
export interface ProjectFiles {
  /**
   * Reads a file's text at a commit; undefined where the commit holds no regular file there. Throws
   * `plan.history-unreadable` where the commit cannot be read.
   */
  read(path: string, commit: string): Promise<string | undefined>;
  /** Reads many files at once, in the order asked for; `out-of-reach` where the checkout does not hold the commit. */
  readMany(wanted: { path: string; commit: string }[]): Promise<HeldFile[]>;
  /** Lists the paths of all files of a commit. Throws `plan.history-unreadable`. */
  list(commit: string): Promise<string[]>;
}
