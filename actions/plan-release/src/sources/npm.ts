import { posix } from "node:path";
import * as z from "zod";
import { anyGlob } from "#src/domain/glob";
import type { Found, VersionReading } from "../facts.ts";
import { fitted, parseJson } from "./documents.ts";
import { type CommitFiles, placeIn, statedVersion, unreadable } from "./reading.ts";

/**
 * Reads an npm package: its manifest, both entries of each lockfile beside it, and its entry as a workspace in the lockfiles
 * above it. A workspace that keeps a version of its own is no part of the release, but its lock must not be behind its manifest.
 */
export async function readNpm(file: string, files: CommitFiles): Promise<VersionReading[]> {
  const manifest = npmManifest(file, await files.read(file));
  const folders = foldersFrom(posix.dirname(file));
  const locks = folders.flatMap((folder) => lockNames.map((name) => readLock(posix.join(folder, name), file, files)));
  return [manifest, ...(await Promise.all(locks)).flat()];
}

const lockNames = ["package-lock.json", "npm-shrinkwrap.json"];

/** A folder, and each one above it up to the root of the repository. */
function foldersFrom(folder: string): string[] {
  return folder === "." ? ["."] : [folder, ...foldersFrom(posix.dirname(folder))];
}

const manifestForm = z.object({ version: z.string().optional() });

const patterns = z.array(z.string());
const workspacesForm = z.object({ workspaces: z.union([patterns, z.object({ packages: patterns })]).optional() });

/** Reads the version of an npm manifest. */
export function npmManifest(file: string, text: string | undefined): VersionReading {
  return placeIn({ file, place: "version" }, text, (held) => {
    const parsed = fitted(manifestForm, parseJson(held));
    return typeof parsed === "string" ? unreadable(parsed) : statedVersion(parsed.version);
  });
}

const lockForm = z.object({
  lockfileVersion: z.int().optional(),
  version: z.string().optional(),
  packages: z.record(z.string(), z.object({ version: z.string().optional() })).optional(),
});

type Lock = z.output<typeof lockForm>;

async function readLock(path: string, file: string, files: CommitFiles): Promise<VersionReading[]> {
  const text = await files.read(path);
  if (text === undefined) return [];
  const lock = fitted(lockForm, parseJson(text));
  const folder = posix.relative(posix.dirname(path), posix.dirname(file));
  if (folder !== "") return workspaceEntry({ path, lock }, folder, files);
  if (typeof lock === "string") return [{ file: path, place: "version", found: unreadable(lock) }];
  return [...rootEntries(path, lock), ...(await staleWorkspaces(path, lock, files))];
}

/** A lockfile names the version at its top and, from format 2 on, in the entry of the root package. */
function rootEntries(file: string, lock: Lock): VersionReading[] {
  const top = { file, place: "version", found: statedVersion(lock.version) };
  if (lock.lockfileVersion === 1) return [top];
  return [top, { file, place: placeOf(""), found: statedVersion(lock.packages?.[""]?.version) }];
}

/** A lockfile above a package counts where it has an entry of it, or where it must have one: the package is a workspace. */
async function workspaceEntry(
  { path, lock }: { path: string; lock: Lock | string },
  folder: string,
  files: CommitFiles,
): Promise<VersionReading[]> {
  const entry = typeof lock === "string" ? undefined : lock.packages?.[folder];
  const at = { file: path, place: placeOf(folder) };
  if (entry) return [{ ...at, found: statedVersion(entry.version) }];
  const root = await files.read(posix.join(posix.dirname(path), "package.json"));
  if (!isWorkspace(folder, root)) return [];
  return [{ ...at, found: unreadable(typeof lock === "string" ? lock : "no entry of this workspace") }];
}

function isWorkspace(folder: string, manifest: string | undefined): boolean {
  const parsed = fitted(workspacesForm, parseJson(manifest ?? ""));
  const { workspaces = [] } = typeof parsed === "string" ? {} : parsed;
  const globs = Array.isArray(workspaces) ? workspaces : workspaces.packages;
  return anyGlob(globs.map((glob) => posix.join(glob).replace(/\/$/, "")))(folder);
}

async function staleWorkspaces(file: string, { packages = {} }: Lock, files: CommitFiles): Promise<VersionReading[]> {
  const own = Object.entries(packages).filter(([folder]) => folder !== "" && !outside.test(folder));
  const looks = own.map(async ([folder, { version }]) => {
    const path = posix.join(posix.dirname(file), folder, "package.json");
    const found = staleEntry(version, npmManifest(path, await files.read(path)));
    return found ? [{ file, place: placeOf(folder), found }] : [];
  });
  return (await Promise.all(looks)).flat();
}

/** Installed packages, and links out of the folder. */
const outside = /(^|\/)node_modules\/|^\.\.(\/|$)/;

function staleEntry(locked: string | undefined, { file, found }: VersionReading): Found | undefined {
  const stated = found.kind === "value" ? found.text : undefined;
  if (stated === locked || found.kind === "absent") return undefined;
  return unreadable(`${locked ?? "no version"}, while ${file} says ${stated ?? "none"}`);
}

const placeOf = (folder: string) => `packages[${JSON.stringify(folder)}].version`;
