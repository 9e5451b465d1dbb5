/** Files of the project as a commit holds them, whatever lies in the working tree. */
export interface ProjectFiles {
  /**
   * Reads a file's text at a commit; undefined where the commit holds no regular file there. Throws
   * `plan.history-unreadable` where the commit cannot be read.
   */
  read(path: string, commit: string): Promise<string | undefined>;
}
