import type { TarEntry } from "#src/domain/archive/tar";

/** No file of a module is larger, by Go's own limits (bytes). */
const largestModule = 500 * 1024 * 1024;

/**
 * Picks the files of a module out of a repository's tree, as Go does when it fetches one (golang.org/x/mod/zip): regular
 * files of its folder, without those of modules below it and of vendored packages, with the repository's licence where it
 * has none of its own. Throws `RangeError` for a tree that Go refuses. `folder` is empty or ends in a slash.
 */
export function moduleFiles(tree: TarEntry[], folder: string): Map<string, Uint8Array> {
  const regular = tree.filter((entry) => entry.regular);
  const own = regular.flatMap(({ path, content }) =>
    path.startsWith(folder) ? [[path.slice(folder.length), content] as const] : [],
  );
  const files = new Map(own);
  const licence = regular.find(({ path }) => path === "LICENSE");
  if (folder !== "" && !files.has("LICENSE") && licence) files.set("LICENSE", licence.content);
  const strict = languageOf(files.get("go.mod")) >= 24;
  const below = [...files.keys()].flatMap((path) => /^(.+\/)go\.mod$/i.exec(path)?.[1] ?? []);
  const kept = new Map(
    [...files].filter(
      ([path]) =>
        !isVendored(path, strict) && !below.some((start) => path.startsWith(start)) && path !== ".hg_archival.txt",
    ),
  );
  refuse(kept);
  return kept;
}

/** The minor version of Go 1 that a go.mod names; 0 where it names none. */
function languageOf(goMod: Uint8Array | undefined): number {
  const [, minor = "0"] = /^go[ \t]+1\.(\d+)/m.exec(new TextDecoder().decode(goMod)) ?? [];
  return Number(minor);
}

/** Before Go 1.24 a folder `vendor` below the top was mistaken by some letters, and old checksums keep it so. */
function isVendored(path: string, strict: boolean): boolean {
  if (strict && path === "vendor/modules.txt") return true;
  if (path.startsWith("vendor/")) return path.slice("vendor/".length).includes("/");
  const at = path.indexOf("/vendor/");
  if (at < 0) return false;
  return path.slice((strict ? at : 0) + "/vendor/".length).includes("/");
}

function refuse(files: Map<string, Uint8Array>): void {
  const folded = new Map<string, string>();
  for (const path of files.keys()) {
    const twin = folded.get(path.toLowerCase());
    if (twin !== undefined) throw new RangeError(`expected paths that differ in any case, found ${twin} and ${path}`);
    folded.set(path.toLowerCase(), path);
  }
  if (!files.has("go.mod")) throw new RangeError("expected go.mod in the committed tree, found none");
  const size = [...files.values()].reduce((sum, { byteLength }) => sum + byteLength, 0);
  if (size > largestModule) throw new RangeError(`expected at most ${largestModule} bytes, found ${size}`);
}
