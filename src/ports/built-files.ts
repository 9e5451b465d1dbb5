/** A file that the build left in the checkout. Links are not followed: `regular` is false for them. */
export interface FoundFile {
  /** Path relative to the checkout, with forward slashes. */
  path: string;
  regular: boolean;
  /** Permission bits in octal, such as `644`. */
  mode: string;
  bytes: Uint8Array;
  /** Size of a file that is larger than this machine reads at once; its bytes are left out. */
  unread?: number;
}

/** Commits of the checkout: what is checked out, and what the tag names there (undefined: the checkout has no such tag). */
export interface CheckoutCommits {
  head: string;
  tagged: string | undefined;
}

/** The checkout after the build. */
export interface BuiltFiles {
  /** Finds the files that a path or glob names, folders left out. */
  matching(pattern: string): Promise<FoundFile[]>;
  /** Packs the committed tree as a tar, whole, with the bytes that Go's client takes. Throws as `commits` does. */
  archive(): Promise<Uint8Array>;
  /** Reads what is checked out. Throws `build.sha-mismatch` where there is no checkout, `all.tool-missing` without git. */
  commits(tag: string): Promise<CheckoutCommits>;
}
