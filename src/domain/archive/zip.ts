import { crc32, inflateRawSync } from "node:zlib";

/** One entry of a zip archive, as its directory tells it; `size` is that of the unpacked content. */
export interface ZipEntry {
  path: string;
  regular: boolean;
  /** What stands there instead of a regular file; the content of a link is where it leads. */
  irregular?: "folder" | "link" | "device";
  size: number;
  /** Permission bits; undefined where the archive was written by a system without them. */
  mode: number | undefined;
  /** Unpacks the content. Throws `RangeError` for what does not unpack to the size and checksum that the directory tells. */
  content(): Uint8Array;
}

const endMark = 0x06054b50;
const entryMark = 0x02014b50;
const localMark = 0x04034b50;
const endSize = 22;
const entrySize = 46;
const localSize = 30;
const deflated = 8;
const madeByUnix = 3;
const longestComment = 0xffff;
const decoder = new TextDecoder("utf-8", { fatal: true });

/**
 * Lists a zip archive by its central directory (APPNOTE 4.3), and holds each entry against its own header. Throws
 * `RangeError` for what is not one, for zip64, for split archives, and for names that are no UTF-8.
 */
export function listZip(archive: Uint8Array): ZipEntry[] {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  const end = findEnd(view);
  const [disks, total, size, start] = [
    view.getUint16(end + 4, true),
    view.getUint16(end + 10, true),
    view.getUint32(end + 12, true),
    view.getUint32(end + 16, true),
  ];
  refuseIf(
    disks !== 0 || total === 0xffff || start === 0xffffffff,
    "a zip archive in one piece",
    "zip64 or a split one",
  );
  refuseIf(start + size > end, "a directory inside of the archive", "another place");
  const entries: ZipEntry[] = [];
  let at = start;
  for (let index = 0; index < total; index += 1) {
    const { entry, length } = readEntry(archive, view, at);
    entries.push(entry);
    at += length;
  }
  refuseIf(at !== start + size, `a directory of ${size} bytes`, `${at - start}`);
  return entries;
}

/** The end record stands last; only a comment may follow, whose length it tells. */
function findEnd(view: DataView): number {
  const last = view.byteLength - endSize;
  for (let at = last; at >= Math.max(0, last - longestComment); at -= 1) {
    if (view.getUint32(at, true) === endMark && view.getUint16(at + 20, true) === last - at) return at;
  }
  throw new RangeError("expected the end record of a zip archive, found none");
}

function readEntry(archive: Uint8Array, view: DataView, at: number): { entry: ZipEntry; length: number } {
  refuseIf(at + entrySize > view.byteLength || view.getUint32(at, true) !== entryMark, "an entry", "other bytes");
  const [name, extra, comment] = [28, 30, 32].map((field) => view.getUint16(at + field, true));
  const path = text(archive, at + entrySize, name ?? 0);
  const local = view.getUint32(at + 42, true);
  refuseIf(
    local + localSize > view.byteLength || view.getUint32(local, true) !== localMark,
    `a header of ${path}`,
    "none",
  );
  const own = text(archive, local + localSize, view.getUint16(local + 26, true));
  refuseIf(own !== path, `a header of ${path}`, `one of ${own}`);
  const attributes = view.getUint32(at + 38, true) >>> 16;
  const type = attributes >>> 12;
  const irregular = irregularOf(path, type);
  const size = view.getUint32(at + 24, true);
  const mode = view.getUint8(at + 5) === madeByUnix && attributes !== 0 ? attributes & 0o7777 : undefined;
  const start = local + localSize + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  const packed = archive.subarray(start, start + view.getUint32(at + 20, true));
  const told = { size, method: view.getUint16(at + 10, true), sum: view.getUint32(at + 16, true) };
  const content = () => unpack(packed, path, told);
  return {
    entry: { path, regular: !irregular, ...(irregular ? { irregular } : {}), size, mode, content },
    length: entrySize + (name ?? 0) + (extra ?? 0) + (comment ?? 0),
  };
}

/** The type stands in the upper bits of a Unix mode. */
function irregularOf(path: string, type: number): ZipEntry["irregular"] {
  if (path.endsWith("/") || type === 4) return "folder";
  if (type === 0 || type === 8) return undefined;
  return type === 10 ? "link" : "device";
}

function unpack(packed: Uint8Array, path: string, told: { size: number; method: number; sum: number }): Uint8Array {
  refuseIf(told.method !== 0 && told.method !== deflated, `${path} stored or deflated`, `method ${told.method}`);
  const bytes = told.method === 0 ? packed : inflate(packed, path, told.size);
  refuseIf(bytes.byteLength !== told.size, `${told.size} bytes of ${path}`, `${bytes.byteLength}`);
  refuseIf(crc32(bytes) !== told.sum, `the checksum of ${path}`, "another");
  return bytes;
}

function inflate(packed: Uint8Array, path: string, size: number): Uint8Array {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(size, 1) });
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : "other bytes";
    throw new RangeError(`expected ${path} to unpack in the zip archive, found ${why}`);
  }
}

function text(archive: Uint8Array, start: number, length: number): string {
  try {
    return decoder.decode(archive.subarray(start, start + length));
  } catch {
    throw new RangeError("expected names in UTF-8 in the zip archive, found other bytes");
  }
}

function refuseIf(wrong: boolean, wanted: string, found: string): void {
  if (wrong) throw new RangeError(`expected ${wanted} in the zip archive, found ${found}`);
}
