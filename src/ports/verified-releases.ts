/** What a published release says of itself: its tag, and the contents of the assets that were asked for, where it has them. */
export interface PublishedEvidence {
  tag: string;
  documents: Map<string, Uint8Array>;
}

/** Which published release is meant: that of a tag, or the newest stable one but so many. */
export type WhichRelease = { tag: string } | { before: number };

/** Published releases, by the evidence that lies among their assets. */
export interface VerifiedReleases {
  /** Reads assets of a release; undefined where no such release is published. Throws what could not be asked. */
  find(which: WhichRelease, assets: string[]): Promise<PublishedEvidence | undefined>;
}
