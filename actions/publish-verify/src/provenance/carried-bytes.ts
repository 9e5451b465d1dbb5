import { readArchive } from "#src/domain/archive/read-archive";
import { readTar } from "#src/domain/archive/tar";
import { type BuiltFile, filesFolder, imagesFolder, modulesFolder } from "#src/domain/build-manifest";
import { goDirhash } from "#src/domain/go-dirhash";
import type { Build } from "./facts.ts";

/**
 * Finds the bytes that a built file's digests are of among what travels beside the manifest: the file itself, the manifest of an
 * image in its layout, or the list that a Go module's `h1:` is taken of. Undefined where they are not there.
 */
export function carriedBytes({ carried }: Build, file: BuiltFile): Uint8Array | undefined {
  const itself = carried.get(`${filesFolder}/${file.name}`);
  if (itself || (file.kind !== "image" && file.kind !== "go-module")) return itself;
  try {
    return file.kind === "image" ? inLayouts(carried, file.sha256) : listOfModule(carried, file.name);
  } catch (thrown) {
    if (thrown instanceof RangeError) return undefined;
    throw thrown;
  }
}

/** Lists the names of carried files that no manifest names. Layouts and modules are packed as a whole, and judged by their digests. */
export function strayFiles({ manifest, carried }: Build): string[] {
  const known = new Set(manifest.files.map(({ name }) => `${filesFolder}/${name}`));
  return [...carried.keys()]
    .filter((name) => name.startsWith(`${filesFolder}/`) && !known.has(name))
    .map((name) => name.slice(filesFolder.length + 1));
}

/** A layout is a folder, or one tar of it; a blob stands under the digest of its bytes in both. */
function inLayouts(carried: Build["carried"], sha256: string): Uint8Array | undefined {
  const place = `blobs/sha256/${sha256}`;
  for (const [name, bytes] of carried) {
    if (!name.startsWith(`${imagesFolder}/`)) continue;
    if (name.endsWith(`/${place}`)) return bytes;
    const packed = name.includes("/blobs/sha256/") ? [] : tarEntries(bytes);
    const entry = packed.find(({ path, regular }) => regular && path.replace(/^(\.\/)+/, "") === place);
    if (entry) return entry.content;
  }
  return undefined;
}

/** Other files of a layout, such as its index, are no tars. */
function tarEntries(bytes: Uint8Array) {
  try {
    return readTar(bytes);
  } catch {
    return [];
  }
}

function listOfModule(carried: Build["carried"], name: string): Uint8Array | undefined {
  const packed = carried.get(`${modulesFolder}/${name}.zip`);
  if (!packed) return undefined;
  const files = new Map(readArchive(packed).map(({ path, content }) => [path, content]));
  return new TextEncoder().encode(goDirhash(files).list);
}
