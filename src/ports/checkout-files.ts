/** A file of the checkout. Links are not followed, and what is too large is not read: `bytes` is undefined for both. */
export interface CheckoutFile {
  /** Path relative to the checkout, with forward slashes. */
  path: string;
  regular: boolean;
  size: number;
  /** When its content was last written, in milliseconds since 1970. */
  modified: number;
  bytes: Uint8Array | undefined;
}

/** The files of the checkout as they lie there now. */
export interface CheckoutFiles {
  /** Finds the files that paths or globs name, each once and by path, folders left out; `largest` in bytes. */
  matching(patterns: string[], largest: number): Promise<CheckoutFile[]>;
}
