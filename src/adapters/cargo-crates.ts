import { glob, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { PackageArchive, PackageVersion } from "#src/ports/package-install";

/** Reads the crate that cargo has verified against the index and kept in its home; undefined where there is not exactly one. */
export async function keptCrate(home: string, { name, version }: PackageVersion): Promise<PackageArchive | undefined> {
  const file = `${name}-${version}.crate`;
  const found: string[] = [];
  for await (const path of glob(`registry/cache/*/${file}`, { cwd: home })) found.push(path);
  const [path, ...others] = found;
  if (path === undefined || others.length > 0) return undefined;
  return { name: file, bytes: await readFile(join(home, path)) };
}
