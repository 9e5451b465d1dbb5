import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { verifiedReleaseSchema } from "#src/domain/verified-release";

const github = z.object({ assets: z.array(z.object({ base64: z.string() })) });
const modules = z.array(z.object({ version: z.string(), servedAt: z.string().nullable() }));

/** Where the embedded registries keep what they serve, by the kind of file; all others are assets of the GitHub release. */
const shelves = new Map([
  ["npm", "packages"],
  ["wheel", "python"],
  ["sdist", "python"],
  ["crate", "crates"],
  ["image", "images"],
]);

/** Names the files that were built for a release and that are not where users get them, by the digest of what is stored there. */
export function unservedFiles(folder: string): string[] {
  const { files, release } = verifiedReleaseSchema.parse(read(join(folder, "verified.json")));
  const stored = new Map([...shelves.values()].map((shelf) => [shelf, digestsBelow(join(folder, "world", shelf))]));
  const assets = assetDigests(folder);
  const missing = files.filter(({ kind, sha256 }) => {
    // The tree is what the tag names, and a proxy packs a module by itself.
    if (kind === "git-tree") return false;
    if (kind === "go-module") return !servesModule(folder, `v${release.version}`);
    const shelf = shelves.get(kind);
    return !(shelf === undefined ? assets : stored.get(shelf))?.has(sha256);
  });
  return missing.map(({ name }) => `${name}, which is not there`);
}

function digestsBelow(shelf: string): Set<string> {
  return new Set(filesBelow(shelf).map((file) => digestOf(readFileSync(file))));
}

function assetDigests(folder: string): Set<string> {
  const { assets } = github.parse(read(join(folder, "world/github.json")));
  return new Set(assets.map(({ base64 }) => digestOf(Buffer.from(base64, "base64"))));
}

function digestOf(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
}

function servesModule(folder: string, wanted: string): boolean {
  const file = join(folder, "world/modules/versions.json");
  const known = existsSync(file) ? modules.parse(read(file)) : [];
  return known.some(({ version, servedAt }) => version === wanted && servedAt !== null);
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(file, "utf8"));
}
