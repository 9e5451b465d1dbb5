/** What a revision holds on the remote: its commit, and the SHA-256 of each file that was asked for and is there. */
export type TreeSighting =
  | { seen: "absent" }
  | { seen: "served"; commit: string; digests: Map<string, string> }
  | { seen: "unknown"; because: string };

/** The content that the remote repository serves. */
export interface TagContent {
  /** Fetches a ref (`refs/tags/…`) or a commit's full id anew, and digests the files at the given paths. */
  look(revision: string, paths: string[]): Promise<TreeSighting>;
}
