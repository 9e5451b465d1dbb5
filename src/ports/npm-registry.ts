/**
 * What one look at a version found. `absent` is the registry's own answer; `accepted` has a trace of the version, though
 * it is not served in full; `corrupt` is served with other bytes than the registry itself announces; and `unknown` is a
 * question that failed.
 */
export type VersionSighting =
  | { seen: "absent" }
  | { seen: "accepted"; because: string }
  | { seen: "served"; sha256: string; sha512: string; size: number }
  | { seen: "corrupt"; because: string }
  | { seen: "unknown"; because: string };

/** One look at a version and at the dist-tags of its package. */
export interface NpmLook {
  version: VersionSighting;
  tags: Map<string, string> | { unknown: string };
}

/** The registry that the npm client is configured for. */
export interface NpmRegistry {
  /** Looks with cold caches and downloads what is served. Throws `all.tool-missing` without the client. */
  look(name: string, version: string): Promise<NpmLook>;
}
