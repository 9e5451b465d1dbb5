import type { BuiltFile } from "#src/domain/build-manifest";

/** A version of a package, with what was built for it. */
export interface WantedPackage {
  name: string;
  version: string;
  files: BuiltFile[];
  /** Tag that names the version, on a channel of tags. */
  tag?: string;
  /** Pointers to look at, on a channel that has no list of them. */
  floating?: string[];
  /** Name of the registry in the client's own configuration; the client's default where absent. */
  registry?: string | undefined;
}

/** A file that a channel serves for a version. */
export interface ServedFile {
  /** Its name on the channel; null on a channel that has one file a version. */
  name: string | null;
  /** Platform as the project names it, for what a channel serves by platform. */
  platform?: string | null;
  /** Hexadecimal digests of the bytes that were downloaded, and the registry's own form of them where it has one. */
  digests: { sha256?: string; sha512?: string; registry?: string };
  /** Undefined where the channel tells a digest of what it does not hand out. */
  size?: number;
}

/**
 * What one look at a version found. `absent` is the channel's own answer; `accepted` has a trace of the version, though
 * it is not served in full; `withdrawn` is yanked, deprecated or unlisted, and still served to who asks for it; `corrupt` is
 * served with other bytes than the channel itself announces; and `unknown` is a question that failed.
 */
export type VersionSighting =
  | { seen: "absent" }
  | { seen: "accepted"; because: string }
  | { seen: "served"; files: ServedFile[] }
  | { seen: "withdrawn"; files: ServedFile[]; because: string }
  | { seen: "corrupt"; because: string }
  | { seen: "unknown"; because: string };

/** Names that point to a version, such as a dist-tag or a floating tag: observed apart from the version itself. */
export type PointerSighting = Map<string, string> | { unknown: string };

/** One look at a version and at the pointers of its package. */
export interface ChannelLook {
  version: VersionSighting;
  pointers: PointerSighting;
  /** Whether the channel knows the package, by another version; undefined where it did not tell. */
  known?: boolean;
  /** The instant before which the channel asks not to be asked again. */
  retryAt?: Date;
  /** What else was seen, for the record alone: texts by name, without times. */
  notes?: Record<string, string>;
}

/** A channel that serves packages by name and version. */
export interface PackageChannel {
  /** Looks with cold caches and downloads what is served. Throws `all.tool-missing` without the ecosystem's client. */
  look(wanted: WantedPackage): Promise<ChannelLook>;
}
