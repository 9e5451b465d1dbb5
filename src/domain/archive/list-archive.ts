import { unzip } from "#src/domain/archive/read-archive";
import { readTar } from "#src/domain/archive/tar";
import { listZip } from "#src/domain/archive/zip";

/** One regular file in an archive, with the size of its content in bytes. */
export interface ArchivedFile {
  path: string;
  size: number;
}

/**
 * Lists the regular files of an archive, told by its first bytes: gzipped tar (npm tarballs, crates, sdists) or zip (wheels,
 * jars). Throws `RangeError` for any other, and for one that is broken or unpacks to more than a gibibyte.
 */
export function listArchive(bytes: Uint8Array): ArchivedFile[] {
  const [first, second] = bytes;
  if (first === 0x1f && second === 0x8b) {
    const files = readTar(unzip(bytes)).filter(({ regular }) => regular);
    return files.map(({ path, content }) => ({ path, size: content.byteLength }));
  }
  if (first === 0x50 && second === 0x4b) {
    const files = listZip(bytes).filter(({ regular }) => regular);
    return files.map(({ path, size }) => ({ path, size }));
  }
  throw new RangeError("expected a gzipped tar or a zip archive, found other bytes");
}
