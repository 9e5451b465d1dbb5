import { hexDigest } from "#src/domain/digest";

/** The digest by which Go's checksums name a module, and the list of files that it is taken of. */
export interface GoDirhash {
  /** One line a file: its SHA-256 in hexadecimal, two spaces, its path. */
  list: string;
  /** `h1:` and the SHA-256 of the list in base64. */
  h1: string;
}

/**
 * Digests a module's files as Go does (golang.org/x/mod/sumdb/dirhash, Hash1), sorted by the bytes of their paths. Throws
 * `RangeError` for a path with a line break, which Go refuses.
 */
export function goDirhash(files: ReadonlyMap<string, Uint8Array>): GoDirhash {
  const broken = [...files.keys()].find((path) => path.includes("\n"));
  if (broken !== undefined) throw new RangeError(`expected paths without line breaks, found ${JSON.stringify(broken)}`);
  const sorted = [...files].sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  const list = sorted.map(([path, content]) => `${hexDigest("sha256", content)}  ${path}\n`).join("");
  return { list, h1: `h1:${Buffer.from(hexDigest("sha256", list), "hex").toString("base64")}` };
}
