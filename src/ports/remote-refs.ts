/** What the remote answered: its branches and tags with the commits they name (annotated tags followed). */
export interface RemoteRefs {
  known: true;
  heads: Map<string, string>;
  tags: Map<string, string>;
  /** Names of the tags that are objects of their own; undefined where that was not told. */
  annotated?: ReadonlySet<string>;
}

/** The remote did not answer; that never counts as "absent". */
export interface RemoteSilence {
  known: false;
  because: string;
}

/** The remote repository that the checkout came from. */
export interface RemoteRepository {
  /** Asks once for all branches and tags. */
  refs(): Promise<RemoteRefs | RemoteSilence>;
}
