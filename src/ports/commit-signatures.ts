/** What the server says of a commit's signature. */
export interface CommitSignature {
  verified: boolean;
  /** The server's own word for it, such as `valid` or `unsigned`. */
  reason: string;
}

/** The signatures of commits, verified by the server against the keys of its accounts. */
export interface CommitSignatures {
  /** Throws the codes of the client, and `gates.attestation-unknown` on an answer that cannot be read. */
  of(sha: string): Promise<CommitSignature>;
}
