/** What a signed statement says, once its signature, its certificate and its place in the log hold. */
export interface SignedStatement {
  /** Who signed, as the certificate names it: for a workflow `https://<server>/<owner>/<name>/<path>@<ref>`. */
  signer: string;
  /** Who told the certificate authority so. */
  issuer: string;
  /** Names and SHA-256 digests of what is spoken of. */
  subjects: { name: string; sha256: string }[];
  predicate: string;
  /** The authority of the trusted root that the certificate leads to. */
  authority: string;
}

/** What became of a bundle: it holds, or why it does not. */
export type BundleFinding = { holds: true; statement: SignedStatement } | { holds: false; because: string };

/** Signed statements about files, as Sigstore bundles. */
export interface Attestations {
  /** Asks the server for the bundles about a file. Throws `publish.remote-unknown` or `all.…`. */
  find(sha256: string): Promise<unknown[]>;
  /** Verifies a bundle against trusted roots, without any network. */
  verify(bundle: unknown, roots: unknown[]): Promise<BundleFinding>;
}
