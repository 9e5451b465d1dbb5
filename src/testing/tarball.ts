import { gzipSync } from "node:zlib";

/** One file of an archive under construction. */
export interface PackedFile {
  path: string;
  content?: string | Uint8Array;
  mode?: number;
  /** Type flag of the header; a regular file where absent. */
  type?: string;
  /** What a link leads to. */
  link?: string;
}

const block = 512;

/** Packs files as tar, the way `npm pack` does, without compressing. */
export function tarOf(files: PackedFile[]): Uint8Array {
  return Buffer.concat([...files.flatMap(entry), Buffer.alloc(2 * block)]);
}

/** Packs a package: its `package.json` from fields, and further files. */
export function tarballOf(fields: object, files: PackedFile[] = []): Uint8Array {
  return gzipSync(tarOf([{ path: "package/package.json", content: JSON.stringify(fields) }, ...files]));
}

function entry({ path, content = "", mode = 0o644, type = "0", link = "" }: PackedFile): Buffer[] {
  const bytes = Buffer.from(content);
  const head = Buffer.alloc(block);
  head.write(path, 0);
  head.write(mode.toString(8).padStart(7, "0"), 100);
  head.write(bytes.length.toString(8).padStart(11, "0"), 124);
  head.write(" ".repeat(8), 148);
  head.write(type, 156);
  head.write(link, 157);
  head.write("ustar\u000000", 257);
  const sum = head.reduce((total, byte) => total + byte, 0);
  head.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return [head, bytes, Buffer.alloc((block - (bytes.length % block)) % block)];
}
