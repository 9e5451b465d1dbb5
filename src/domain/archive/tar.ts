/** One entry of a tar archive. */
export interface TarEntry {
  path: string;
  /** Permission bits. */
  mode: number;
  regular: boolean;
  /** What stands there instead of a regular file. */
  irregular?: Irregular;
  content: Uint8Array;
}

/** An entry that is no regular file; `target` is where a link leads, and `device` is anything else. */
export type Irregular = { type: "folder" | "device" } | { type: "link" | "hard-link"; target: string };

const block = 512;
const decoder = new TextDecoder();

/**
 * Reads a tar archive (POSIX ustar and pax, with GNU's long names). Throws `RangeError` for what is not one: a checksum
 * that differs, an entry that is cut off, an archive without an end, and one with more behind its end, which other readers go on to read.
 */
export function readTar(archive: Uint8Array): TarEntry[] {
  const entries: TarEntry[] = [];
  let named = new Map<string, string>();
  let offset = 0;
  for (let head = readHeader(archive, offset); head !== undefined; head = readHeader(archive, offset)) {
    const content = readContent(archive, offset + block, Number(named.get("size") ?? head.size));
    offset += block + Math.ceil(content.byteLength / block) * block;
    if (metaTypes.has(head.type)) {
      named = new Map([...named, ...namesIn(head.type, content)]);
    } else {
      entries.push({ ...entryOf(head, named), content });
      named = new Map();
    }
  }
  if (!archive.subarray(offset).every((byte) => byte === 0))
    throw new RangeError("expected only zeros behind the end of the archive, found more");
  return entries;
}

function entryOf(head: Header, named: Map<string, string>): Omit<TarEntry, "content"> {
  const path = named.get("path") ?? head.path;
  const regular = head.type === "0" || head.type === "\0";
  if (regular) return { path, mode: head.mode, regular };
  const target = named.get("linkpath") ?? head.target;
  const link = head.type === "2" ? "link" : head.type === "1" ? "hard-link" : undefined;
  const irregular: Irregular = link ? { type: link, target } : { type: head.type === "5" ? "folder" : "device" };
  return { path, mode: head.mode, regular, irregular };
}

/** Entries that describe others: pax for the next one (`x`) and for all (`g`), GNU's long name (`L`) and link target (`K`). */
const metaTypes = new Set(["x", "g", "L", "K"]);

function namesIn(type: string, content: Uint8Array): Map<string, string> {
  if (type === "x") return paxRecords(content);
  if (type === "g") return new Map();
  return new Map([[type === "L" ? "path" : "linkpath", text(content)]]);
}

function readContent(archive: Uint8Array, start: number, size: number): Uint8Array {
  const content = archive.subarray(start, start + size);
  if (content.byteLength !== size)
    throw new RangeError(`expected ${size} bytes of an entry, found ${content.byteLength}`);
  return content;
}

interface Header {
  path: string;
  mode: number;
  size: number;
  type: string;
  target: string;
}

/** Reads the header at an offset; a block of zeros is the end. */
function readHeader(archive: Uint8Array, offset: number): Header | undefined {
  const head = archive.subarray(offset, offset + block);
  if (head.byteLength < block) throw new RangeError("expected an end of the archive, found it cut off");
  if (head.every((byte) => byte === 0)) return undefined;
  const sum = head.reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 32 : byte), 0);
  if (sum !== octal(head.subarray(148, 156))) throw new RangeError("expected a header of tar, found another checksum");
  const name = text(head.subarray(0, 100));
  const prefix = text(head.subarray(257, 262)) === "ustar" ? text(head.subarray(345, 500)) : "";
  return {
    path: prefix === "" ? name : `${prefix}/${name}`,
    mode: octal(head.subarray(100, 108)) & 0o7777,
    size: octal(head.subarray(124, 136)),
    type: String.fromCharCode(head[156] ?? 0),
    target: text(head.subarray(157, 257)),
  };
}

/** Records of pax: `<length> <key>=<value>\n`, the length in bytes and counting itself. */
function paxRecords(content: Uint8Array): Map<string, string> {
  const found = new Map<string, string>();
  for (let offset = 0; offset < content.byteLength; ) {
    const [, digits = ""] = /^(\d+) /.exec(decoder.decode(content.subarray(offset, offset + 20))) ?? [];
    const length = Number(digits);
    const entry = decoder.decode(content.subarray(offset + digits.length + 1, offset + length - 1));
    const equals = entry.indexOf("=");
    if (length === 0 || equals < 0) throw new RangeError("expected a record of pax, found another text");
    found.set(entry.slice(0, equals), entry.slice(equals + 1));
    offset += length;
  }
  return found;
}

function octal(field: Uint8Array): number {
  const digits = text(field).trim();
  const value = Number.parseInt(digits === "" ? "0" : digits, 8);
  if (Number.isNaN(value)) throw new RangeError(`expected an octal number in a header of tar, found ${digits}`);
  return value;
}

function text(field: Uint8Array): string {
  const end = field.indexOf(0);
  return decoder.decode(end < 0 ? field : field.subarray(0, end));
}
