/** What a published release says of itself: its tag, and the contents of the assets that were asked for, where it has them. */
export interface PublishedEvidence {
  tag: string;
  documents: Map<string, Uint8Array>;
}

/** Published releases, by the evidence that lies among their assets. */
export interface VerifiedReleases {
  /** Reads assets of the release of a tag; without one, of the newest stable release that has the first of them. Throws what could not be asked. */
  find(tag: string, assets: string[]): Promise<PublishedEvidence | undefined>;
}
