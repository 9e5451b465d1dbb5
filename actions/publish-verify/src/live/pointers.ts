import { parseVersion } from "#src/domain/version";
import type { PackagePolicy } from "./package-kinds.ts";

/** A name on a channel that moves from version to version. */
export interface Pointer {
  name: string;
  /** The versions that it may name, in words that follow "the newest stable version"; empty for all. */
  among: string;
  /** Tells whether a newer version may stand under it, too. */
  covers(version: string): boolean;
}

/** Lists the pointers of a channel that a stable version must stand under: `latest`, unless its configuration says which. */
export function pointersOf(channel: PackagePolicy, version: string): Pointer[] {
  if ("pointers" in channel) return channel.pointers.map((name) => ({ name, among: "", covers: () => true }));
  if (!("floating" in channel)) return [{ name: "latest", among: "", covers: () => true }];
  const { floating, "tag-prefix": prefix } = channel;
  const [major, minor] = parseVersion(version)?.release ?? [0n, 0n];
  return floating.map((kind) => {
    if (kind === "latest") return { name: "latest", among: "", covers: () => true };
    const line = kind === "major" ? `${major}` : `${major}.${minor}`;
    return { name: `${prefix}${line}`, among: ` of ${line}`, covers: (other) => other.startsWith(`${line}.`) };
  });
}
