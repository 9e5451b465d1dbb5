import { crc32, deflateRawSync } from "node:zlib";

const localMark = 0x04034b50;
const entryMark = 0x02014b50;
const endMark = 0x06054b50;
const namesAreUtf8 = 0x0800;
const deflated = 8;
/** The first day that the format knows, so that the same files give the same bytes. */
const firstDay = 0x21;

/** Writes a zip archive (APPNOTE 6.3, without ZIP64) with every file deflated; names that end with a slash are folders. */
export function writeZip(files: Iterable<readonly [name: string, content: Uint8Array]>): Uint8Array {
  const locals: Buffer[] = [];
  const entries: Buffer[] = [];
  let offset = 0;
  for (const [path, content] of files) {
    const [name, packed] = [Buffer.from(path), deflateRawSync(content)];
    const facts = sharedFacts(name, content, packed);
    const local = Buffer.concat([head(localMark, 20), facts, Buffer.alloc(2), name, packed]);
    const tail = Buffer.alloc(16);
    tail.writeUInt32LE(offset, 12);
    locals.push(local);
    entries.push(Buffer.concat([head(entryMark, 20, 20), facts, tail, name]));
    offset += local.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(endMark, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

function head(mark: number, ...versions: number[]): Buffer {
  const bytes = Buffer.alloc(4 + versions.length * 2);
  bytes.writeUInt32LE(mark, 0);
  versions.forEach((version, at) => void bytes.writeUInt16LE(version, 4 + at * 2));
  return bytes;
}

/** Flags, method, time, date, checksum, sizes and the name's length: the part that both kinds of header share. */
function sharedFacts(name: Buffer, content: Uint8Array, packed: Buffer): Buffer {
  const facts = Buffer.alloc(22);
  facts.writeUInt16LE(namesAreUtf8, 0);
  facts.writeUInt16LE(deflated, 2);
  facts.writeUInt16LE(firstDay, 6);
  facts.writeUInt32LE(crc32(content), 8);
  facts.writeUInt32LE(packed.length, 12);
  facts.writeUInt32LE(content.byteLength, 16);
  facts.writeUInt16LE(name.length, 20);
  return facts;
}
