/** One entry of a folder. Links are not followed: their digest is the one of their target's name. */
export interface SnapshotEntry {
  kind: "file" | "directory" | "link" | "other";
  size: number;
  /** Permission bits. */
  mode: number;
  /** SHA-256 of the content in hexadecimal; empty for directories and special files. */
  sha256: string;
}

/** What a folder holds at one moment, by path relative to it, with `/` between the parts. */
export type Snapshot = ReadonlyMap<string, SnapshotEntry>;

/** One difference between two snapshots. */
export interface Change {
  path: string;
  change: "added" | "changed" | "removed";
}

/** Lists what differs between two snapshots, by path. A directory is left out where something inside it is listed. */
export function changesBetween(before: Snapshot, after: Snapshot): Change[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  const changes = paths.flatMap((path): Change[] => {
    const [was, is] = [before.get(path), after.get(path)];
    if (!was) return [{ path, change: "added" }];
    if (!is) return [{ path, change: "removed" }];
    return sameEntry(was, is) ? [] : [{ path, change: "changed" }];
  });
  const parents = new Set(changes.flatMap(({ path }) => foldersAbove(path)));
  return changes.filter(({ path }) => !parents.has(path));
}

/** Tells whether a path is one of the given paths, or lies inside one of them. */
export function liesWithin(path: string, folders: string[]): boolean {
  const bare = folders.map((folder) => folder.replace(/\/+$/, ""));
  return bare.some((folder) => path === folder || path.startsWith(`${folder}/`));
}

function sameEntry(one: SnapshotEntry, other: SnapshotEntry): boolean {
  return one.kind === other.kind && one.size === other.size && one.mode === other.mode && one.sha256 === other.sha256;
}

function foldersAbove(path: string): string[] {
  const parts = path.split("/");
  return parts.slice(1).map((_part, index) => parts.slice(0, index + 1).join("/"));
}
