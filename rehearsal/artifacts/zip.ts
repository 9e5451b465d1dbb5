import { crc32, deflateRawSync, inflateRawSync } from "node:zlib";

/** One file of an archive. */
export interface ZipEntry {
  readonly name: string;
  readonly content: Buffer;
}

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const DEFLATED = 8;
/** Names are UTF-8. */
const FLAGS = 0x0800;

/** Reads an archive by its central directory (APPNOTE 6.3, without ZIP64). Throws when it is none. */
export function readZip(archive: Buffer): ZipEntry[] {
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || archive.readUInt32LE(end) !== END)
    throw new Error("expected a zip archive, found no end of central directory");
  const entries: ZipEntry[] = [];
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (archive.readUInt32LE(at) !== CENTRAL) throw new Error("expected an entry of the central directory, found none");
    const nameLength = archive.readUInt16LE(at + 28);
    const name = archive.subarray(at + 46, at + 46 + nameLength).toString("utf8");
    entries.push({ name, content: contentAt(archive, at) });
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return entries;
}

function contentAt(archive: Buffer, central: number): Buffer {
  const method = archive.readUInt16LE(central + 10);
  const size = archive.readUInt32LE(central + 20);
  const local = archive.readUInt32LE(central + 42);
  const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
  const packed = archive.subarray(start, start + size);
  return method === DEFLATED ? inflateRawSync(packed) : Buffer.from(packed);
}

/** Writes an archive with every entry deflated; names that end with a slash are folders. */
export function writeZip(entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const { name, content } of entries) {
    const packed = deflateRawSync(content);
    const facts = sizes(name, content, packed);
    const local = Buffer.concat([signature(LOCAL, 20), facts, Buffer.alloc(2), Buffer.from(name), packed]);
    const tail = Buffer.alloc(16);
    tail.writeUInt32LE(offset, 12);
    locals.push(local);
    centrals.push(Buffer.concat([signature(CENTRAL, 20, 20), facts, tail, Buffer.from(name)]));
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(END, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

function signature(mark: number, ...versions: number[]): Buffer {
  const head = Buffer.alloc(4 + versions.length * 2);
  head.writeUInt32LE(mark, 0);
  versions.forEach((version, at) => void head.writeUInt16LE(version, 4 + at * 2));
  return head;
}

/** Flags, method, time, date, checksum, sizes and the name's length: the part that both kinds of header share. */
function sizes(name: string, content: Buffer, packed: Buffer): Buffer {
  const facts = Buffer.alloc(22);
  facts.writeUInt16LE(FLAGS, 0);
  facts.writeUInt16LE(DEFLATED, 2);
  facts.writeUInt16LE(0x21, 6);
  facts.writeUInt32LE(crc32(content), 8);
  facts.writeUInt32LE(packed.length, 12);
  facts.writeUInt32LE(content.length, 16);
  facts.writeUInt16LE(Buffer.byteLength(name), 20);
  return facts;
}
