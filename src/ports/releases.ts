import type { Digest } from "#src/domain/digest";

/** A file of a GitHub release. `digest` is null where the server does not tell it. */
export interface ReleaseAsset {
  id: number;
  name: string;
  /** Whether its upload came to an end; a broken one keeps its name taken. */
  complete: boolean;
  digest: Digest | null;
}

/** A GitHub release as the server holds it. */
export interface HostedRelease {
  id: number;
  tag: string;
  body: string;
  draft: boolean;
  prerelease: boolean;
  /** Whether nothing of it can be changed any more, once it is published; undefined where the server does not tell. */
  immutable?: boolean | undefined;
  /** Page for people. */
  url: string;
  /** Address to which assets are uploaded, as the server gave it. */
  uploadUrl: string;
  assets: ReleaseAsset[];
}

/** What a draft is made of. */
export interface DraftFields {
  tag: string;
  sha: string;
  body: string;
  prerelease: boolean;
}

/** A file to upload. */
export interface AssetFile {
  name: string;
  bytes: Uint8Array;
}

/** GitHub releases, as far as a release needs them: there is no way to delete or overwrite anything. */
export interface Releases {
  /** Finds all releases of a tag, drafts included. */
  ofTag(tag: string): Promise<HostedRelease[]>;
  /** Tells which commit a tag names; undefined where there is no such tag. */
  commitOf(tag: string): Promise<string | undefined>;
  createDraft(fields: DraftFields): Promise<HostedRelease>;
  /** Stores a file and tells what the server then holds. */
  upload(release: HostedRelease, file: AssetFile): Promise<ReleaseAsset>;
  download(asset: ReleaseAsset): Promise<Uint8Array>;
  /** Publishes a draft; one that must not be `latest` leaves the mark where it is, else the server chooses. */
  publish(release: HostedRelease, latest: boolean): Promise<void>;
  /** Reads a release again, by its id. */
  read(id: number): Promise<HostedRelease>;
}
