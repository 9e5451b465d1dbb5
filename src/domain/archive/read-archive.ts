import { gunzipSync } from "node:zlib";
import { type Irregular, readTar } from "#src/domain/archive/tar";
import { listZip } from "#src/domain/archive/zip";

/** One entry of an archive that was opened in full. */
export interface ArchiveEntry {
  path: string;
  /** False for folders, links and devices. */
  regular: boolean;
  /** What stands there instead of a regular file. */
  irregular?: Irregular;
  /** Permission bits; undefined where the archive does not tell them. */
  mode: number | undefined;
  content: Uint8Array;
}

/** No archive of a release unpacks to more; it keeps a hostile one from filling the memory. */
export const largestArchive = 1024 * 1024 * 1024;

/**
 * Opens an archive and unpacks every entry, told by its first bytes: gzipped tar or zip. Throws `RangeError` for any other,
 * and for one that is broken or unpacks to more than a gibibyte.
 */
export function readArchive(bytes: Uint8Array): ArchiveEntry[] {
  const [first, second] = bytes;
  if (first === 0x1f && second === 0x8b) return readTar(unzip(bytes));
  if (first === 0x50 && second === 0x4b) return readZip(bytes);
  throw new RangeError("expected a gzipped tar or a zip archive, found other bytes");
}

/** Unzips a gzip to at most a gibibyte. Throws `RangeError` for what is none. */
export function unzip(bytes: Uint8Array): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: largestArchive });
  } catch (thrown) {
    throw new RangeError(`expected gzip, found ${thrown instanceof Error ? thrown.message : "other bytes"}`);
  }
}

function readZip(bytes: Uint8Array): ArchiveEntry[] {
  const entries = listZip(bytes);
  const total = entries.reduce((sum, { size }) => sum + size, 0);
  if (total > largestArchive) throw new RangeError(`expected at most ${largestArchive} bytes, found ${total}`);
  return entries.map(({ path, regular, irregular, mode, content: unpack }) => {
    const content = unpack();
    if (!irregular) return { path, regular, mode, content };
    const target = () => new TextDecoder().decode(content);
    const told: Irregular = irregular === "link" ? { type: irregular, target: target() } : { type: irregular };
    return { path, regular, irregular: told, mode, content };
  });
}
