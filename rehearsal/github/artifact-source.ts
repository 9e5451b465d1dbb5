/** A finished workflow artifact as the REST routes show it. */
export interface ArtifactRecord {
  readonly id: number;
  readonly runId: number;
  readonly name: string;
  readonly size: number;
  /** `sha256:` and 64 hexadecimal digits. */
  readonly digest: string;
  readonly createdAt: Date;
}

/** Where GitHub's REST routes find workflow artifacts: the artifact backend. */
export interface ArtifactSource {
  list(): ArtifactRecord[];
  /** Gives a short-lived address of the artifact's bytes; throws when there is no such artifact. */
  signedUrl(id: number): string;
  delete(id: number): void;
}
