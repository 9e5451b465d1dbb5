/** What an address serves: the SHA-256 of all its bytes, the server's own "no such thing", or that it cannot be told. */
export type BytesSighting =
  | { seen: "served"; sha256: string; size: number }
  | { seen: "absent"; because: string }
  | { seen: "unknown"; because: string; retryAt?: Date };

/** Addresses that users download from. */
export interface ServedBytes {
  /** Downloads everything behind an address, past all caches, and keeps nothing of it. `patience` is in milliseconds. */
  look(url: string, patience?: number): Promise<BytesSighting>;
}
