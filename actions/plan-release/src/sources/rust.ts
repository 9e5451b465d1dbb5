import { posix } from "node:path";
import * as z from "zod";
import type { Found, VersionReading } from "../facts.ts";
import { fitted, parseToml } from "./documents.ts";
import { type CommitFiles, statedVersion, unreadable } from "./reading.ts";

const inherited = z.object({ workspace: z.literal(true) });
const manifestForm = z.object({
  package: z
    .object({
      name: z.string(),
      version: z.union([z.string(), inherited]).optional(),
      publish: z.union([z.boolean(), z.array(z.string()), inherited]).optional(),
    })
    .optional(),
  workspace: z
    .object({
      members: z.array(z.string()).default([]),
      exclude: z.array(z.string()).default([]),
      package: z.object({ version: z.string().optional() }).optional(),
    })
    .optional(),
});

type Manifest = z.output<typeof manifestForm>;
interface OwnPackage {
  name: string | undefined;
  reading: VersionReading;
}

/** Reads a crate or a workspace: every own manifest, and the entries of their packages in the nearest `Cargo.lock`. */
export async function readRust(
  { file, manifests }: { file: string; manifests: string[] },
  files: CommitFiles,
): Promise<VersionReading[]> {
  const texts = new Map<string, string | undefined>();
  const keep = async (path: string) => texts.set(path, await files.read(path));
  await Promise.all(rustPaths(file).map(keep));
  const members = await membersOf(file, texts.get(file), files);
  const found = members.filter((path) => !manifests.includes(path));
  await Promise.all([...manifests.flatMap(rustPaths), ...members].filter((path) => !texts.has(path)).map(keep));

  const lookup = (path: string) => texts.get(path);
  const named = [file, ...manifests].flatMap((path) => packagesIn(path, lookup));
  const packages = [...named, ...found.flatMap((path) => memberIn(path, lookup))];
  const locked = await lockEntries(file, new Set(packages.flatMap(({ name }) => name ?? [])), files);
  return [...packages.map(({ reading }) => reading), ...locked];
}

/** Paths that may tell a manifest's version: itself, and each manifest above it that may be its workspace. */
export function rustPaths(file: string): string[] {
  const folders: string[] = [];
  for (let at = posix.dirname(file); at !== "."; at = posix.dirname(at)) folders.push(posix.dirname(at));
  return [file, ...folders.map((folder) => posix.join(folder, posix.basename(file)))];
}

/** Reads the version that a manifest declares: its package's, or its workspace's for all members that inherit it. */
export function rustManifest(file: string, lookup: (path: string) => string | undefined): VersionReading {
  const [first] = packagesIn(file, lookup);
  return first?.reading ?? { file, place: "package.version", found: unreadable("no version is given") };
}

function packagesIn(file: string, lookup: (path: string) => string | undefined): OwnPackage[] {
  const text = lookup(file);
  const at = { file, place: "package.version" };
  if (text === undefined) return [{ name: undefined, reading: { ...at, found: { kind: "absent" } } }];
  const manifest = fitted(manifestForm, parseToml(text));
  if (typeof manifest === "string") return [{ name: undefined, reading: { ...at, found: unreadable(manifest) } }];
  const { package: crate, workspace } = manifest;
  const shared = workspace?.package?.version;
  const ofWorkspace: OwnPackage[] =
    shared === undefined
      ? []
      : [{ name: undefined, reading: { file, place: "workspace.package.version", found: statedVersion(shared) } }];
  if (crate)
    return [...ofWorkspace, { name: crate.name, reading: { ...at, found: crateVersion(file, crate, lookup) } }];
  const nothing = { ...at, found: unreadable("neither a package nor a workspace with a version") };
  return ofWorkspace.length > 0 || workspace?.members.length ? ofWorkspace : [{ name: undefined, reading: nothing }];
}

/** A member that is never published and keeps a version of its own is no part of the release, unless it is named. */
function memberIn(file: string, lookup: (path: string) => string | undefined): OwnPackage[] {
  const manifest = fitted(manifestForm, parseToml(lookup(file) ?? ""));
  const crate = typeof manifest === "string" ? undefined : manifest.package;
  if (crate?.publish !== false || typeof crate.version === "object") return packagesIn(file, lookup);
  const because = "the member is not published and keeps a version of its own";
  return [{ name: undefined, reading: { file, place: "package.version", found: { kind: "not-applicable", because } } }];
}

function crateVersion(
  file: string,
  { version }: NonNullable<Manifest["package"]>,
  lookup: (path: string) => string | undefined,
): Found {
  if (typeof version !== "object") return statedVersion(version);
  for (const path of rustPaths(file)) {
    const manifest = fitted(manifestForm, parseToml(lookup(path) ?? ""));
    const shared = typeof manifest === "string" ? undefined : manifest.workspace?.package?.version;
    if (shared !== undefined) return { kind: "value", text: shared, note: `inherited from ${path}` };
  }
  return unreadable("the version is the workspace's, and no manifest above has one");
}

/** Members of a workspace by its patterns, in the order of their paths. Those that keep a version of their own count too. */
async function membersOf(file: string, text: string | undefined, files: CommitFiles): Promise<string[]> {
  const manifest = fitted(manifestForm, parseToml(text ?? ""));
  if (typeof manifest === "string" || !manifest.workspace?.members.length) return [];
  const { members, exclude } = manifest.workspace;
  const folder = posix.dirname(file);
  const asPattern = (member: string) => globPattern(posix.join(folder, member, posix.basename(file)));
  const wanted = members.map(asPattern);
  const left = exclude.map((one) => posix.join(folder, one));
  const held = await files.list();
  return held
    .filter((path) => path !== file && wanted.some((pattern) => pattern.test(path)))
    .filter((path) => !left.some((one) => path.startsWith(`${one}/`)))
    .toSorted();
}

function globPattern(glob: string): RegExp {
  const letters = glob
    .replace(/[.+^${}()|\\]/g, "\\$&")
    .replaceAll("**", "\u0000")
    .replaceAll("*", "[^/]*");
  return new RegExp(`^${letters.replaceAll("\u0000", ".*").replaceAll("?", "[^/]")}$`);
}

const lockForm = z.object({
  package: z.array(z.object({ name: z.string(), version: z.string(), source: z.string().optional() })).default([]),
});

/** The lock stands beside the manifest or above it. A package of our own has no source there; foreign ones are left out. */
async function lockEntries(file: string, names: Set<string>, files: CommitFiles): Promise<VersionReading[]> {
  for (const path of rustPaths(file)) {
    const lock = posix.join(posix.dirname(path), "Cargo.lock");
    const text = await files.read(lock);
    if (text === undefined) continue;
    const parsed = fitted(lockForm, parseToml(text));
    if (typeof parsed === "string") return [{ file: lock, place: "package", found: unreadable(parsed) }];
    const own = parsed.package.filter(({ name, source }) => source === undefined && names.has(name));
    if (own.length === 0 && names.size > 0)
      return [{ file: lock, place: "package", found: unreadable("no entry of an own package") }];
    return own.map(({ name, version }) => ({ file: lock, place: `package ${name}`, found: statedVersion(version) }));
  }
  return [];
}
