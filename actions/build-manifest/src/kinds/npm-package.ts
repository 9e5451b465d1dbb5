import { posix } from "node:path";
import { gunzipSync } from "node:zlib";
import * as z from "zod";
import { strayIn } from "#src/domain/archive/archive-layout";
import { readTar, type TarEntry } from "#src/domain/archive/tar";

/** What an npm tarball says of itself, or why it does not open. */
export type PackedPackage = { broken: string } | { name: string; version: string; programs: Program[] };

/** A program that the package installs: its file in the archive, with its permission bits (undefined: not in the archive). */
export interface Program {
  file: string;
  mode: number | undefined;
}

/** No package comes near this; it keeps a hostile archive from filling the memory. */
const largest = 1024 * 1024 * 1024;

const packageJson = z.object({
  name: z.string().min(1),
  version: z.string().min(1),
  bin: z.union([z.string(), z.record(z.string(), z.string())]).default({}),
});

/** Opens an npm tarball: unzips it, reads every header, and parses its `package/package.json`. */
export function openPackage(bytes: Uint8Array): PackedPackage {
  try {
    const entries = readTar(gunzipSync(bytes, { maxOutputLength: largest }));
    const stray = strayIn(entries);
    if (stray !== undefined) return { broken: stray };
    // Of two entries with one path, the later one is what unpacking leaves.
    const manifest = entries.findLast(({ path, regular }) => regular && path === "package/package.json");
    if (!manifest) return { broken: "expected package/package.json in the archive, found none" };
    const { name, version, bin } = packageJson.parse(JSON.parse(new TextDecoder().decode(manifest.content)));
    const files = typeof bin === "string" ? [bin] : Object.values(bin);
    return { name, version, programs: files.map((file) => program(entries, file)) };
  } catch (thrown) {
    return { broken: thrown instanceof z.ZodError ? z.prettifyError(thrown) : String(thrown) };
  }
}

function program(entries: TarEntry[], file: string): Program {
  const path = posix.join("package", file);
  return { file: path, mode: entries.findLast((entry) => entry.regular && entry.path === path)?.mode };
}
