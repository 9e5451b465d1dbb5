import { createHash } from "node:crypto";
import { gunzipSync, gzipSync } from "node:zlib";

/** A package archive with the digests a registry would publish for it. */
export interface Tarball {
  bytes: Buffer;
  /** Hexadecimal SHA-1. */
  shasum: string;
  /** Subresource integrity, SHA-512. */
  integrity: string;
}

const BLOCK = 512;

/** Adds a file to a package archive, in the folder that all its files are in: still installable, but not the bytes that were built. */
export function alteredTarball(original: Buffer, folder = "package"): Tarball {
  const archive = gunzipSync(original);
  const content = Buffer.from("These bytes were not built by the release.\n");
  const padding = Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK);
  const end = Buffer.alloc(2 * BLOCK);
  const entry = Buffer.concat([header(`${folder}/FOREIGN.txt`, content.length), content, padding]);
  const bytes = gzipSync(Buffer.concat([archive.subarray(0, endOfEntries(archive)), entry, end]));
  return {
    bytes,
    shasum: createHash("sha1").update(bytes).digest("hex"),
    integrity: `sha512-${createHash("sha512").update(bytes).digest("base64")}`,
  };
}

/** Walks the headers to the first empty block. */
function endOfEntries(archive: Buffer): number {
  let offset = 0;
  while (offset + BLOCK <= archive.length && archive[offset] !== 0) {
    const size = Number.parseInt(archive.toString("latin1", offset + 124, offset + 136), 8);
    offset += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return offset;
}

/** A POSIX ustar header (pax(1), "ustar Interchange Format") for a regular file. */
function header(name: string, size: number): Buffer {
  const block = Buffer.alloc(BLOCK);
  const octal = (value: number, width: number) => `${value.toString(8).padStart(width - 1, "0")}\0`;
  block.write(name, 0, "latin1");
  block.write(octal(0o644, 8) + octal(0, 8) + octal(0, 8) + octal(size, 12) + octal(499_162_500, 12), 100, "latin1");
  block.write("        0", 148, "latin1");
  block.write("ustar\x0000", 257, "latin1");
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
  return block;
}
