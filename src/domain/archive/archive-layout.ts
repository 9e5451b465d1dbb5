import { posix } from "node:path";
import { type ArchiveEntry, readArchive } from "#src/domain/archive/read-archive";

type Placed = Pick<ArchiveEntry, "path" | "regular" | "irregular">;

/** Opens an archive in full, as `readArchive` does. Throws `RangeError` as well for an entry that leaves it, or stands there twice. */
export function readLaidOut(bytes: Uint8Array): ArchiveEntry[] {
  const entries = readArchive(bytes);
  const wrong = strayIn(entries) ?? doubled(entries);
  if (wrong !== undefined) throw new RangeError(wrong);
  return entries;
}

/** Says what would be unpacked outside of the archive's folder: by its path, by where a link leads, or from behind a link. */
export function strayIn(entries: Placed[]): string | undefined {
  const outside = entries.find(({ path }) => leaves(path));
  if (outside) return `expected paths inside of the archive, found ${outside.path}`;
  const device = entries.find(({ irregular }) => irregular?.type === "device");
  if (device) return `expected files, folders and links in the archive, found ${device.path} of another kind`;
  const links = entries.flatMap(({ path, irregular }) =>
    irregular && "target" in irregular ? [{ path, ...irregular }] : [],
  );
  const astray = links.find(leadsOut);
  if (astray) return `expected links to inside of the archive, found ${astray.path} to ${astray.target}`;
  return behindOthers(entries);
}

/** Says what stands in the archive twice; only a folder may. */
export function doubled(entries: Placed[]): string | undefined {
  const seen = new Map<string, boolean>();
  for (const entry of entries) {
    const path = plain(entry.path);
    const folder = isFolder(entry);
    const earlier = seen.get(path);
    if (earlier !== undefined && !(earlier && folder)) return `expected every path once, found ${path} twice`;
    seen.set(path, folder);
  }
  return undefined;
}

/** Nothing but a folder holds entries: what stands behind a link is unpacked where the link leads. */
function behindOthers(entries: Placed[]): string | undefined {
  const closed = new Set(entries.filter((entry) => !isFolder(entry)).map(({ path }) => plain(path)));
  for (const { path } of entries) {
    for (let above = posix.dirname(plain(path)); above !== "." && above !== "/"; above = posix.dirname(above)) {
      if (closed.has(above)) return `expected entries in folders, found ${plain(path)} behind ${above}`;
    }
  }
  return undefined;
}

function leaves(path: string): boolean {
  return /^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)/.test(path);
}

/**
 * A symbolic link is followed from its own folder, and a hard link from the archive's. It may climb first and then descend: a
 * way that climbs after it has descended may do so from behind another link.
 */
function leadsOut({ path, type, target }: { path: string; type: "link" | "hard-link"; target: string }): boolean {
  const [, climb = "", way = ""] = /^((?:\.{1,2}(?:\/|$))*)(.*)$/s.exec(target) ?? [];
  const depth = type === "link" ? plain(path).split("/").length - 1 : 0;
  const climbs = climb.split("/").filter((part) => part === "..").length;
  return target === "" || leaves(way) || climbs > depth;
}

function isFolder({ irregular, regular, path }: Placed): boolean {
  return irregular ? irregular.type === "folder" : !regular || path.endsWith("/");
}

/** A path without what says nothing: `./` before it, and a slash behind it. */
function plain(path: string): string {
  return posix.normalize(path).replace(/(?<=.)\/$/, "");
}
