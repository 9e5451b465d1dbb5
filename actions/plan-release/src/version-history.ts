import type { VersionSource } from "#src/contract/config/version-sources";
import { Failure } from "#src/domain/failure";
import type { GitHistory } from "#src/ports/git-history";
import type { ProjectFiles } from "#src/ports/project-files";
import type { DeclaredVersion, VersionReading } from "./facts.ts";
import { goFile } from "./sources/go.ts";
import { npmManifest } from "./sources/npm.ts";
import { moduleLiteral, pythonManifest } from "./sources/python.ts";
import { rustManifest, rustPaths } from "./sources/rust.ts";
import { readSingleFile } from "./sources/single-file.ts";

type Lookup = (path: string) => string | undefined;

/** Paths that may declare the version at some commit of the history: today's first, then former ones. Empty where only tags do. */
export function declaringPaths(source: VersionSource): string[] {
  if (source.kind === "go") return source.file === undefined ? [] : [source.file, ...source.former];
  const today = source.kind === "rust" ? rustPaths(source.file) : [source.file];
  const module = source.kind === "python" && source.module !== undefined ? [source.module] : [];
  return [...today, ...module, ...source.former];
}

/**
 * Reads what a source declares at commits of the history, all at once; a commit out of reach is undefined. Lockfiles and
 * other copies are left out: they are compared for the released commit only.
 */
export async function declaredAt(
  source: VersionSource,
  commits: string[],
  files: ProjectFiles,
): Promise<({ commit: string; reading: VersionReading } | undefined)[]> {
  const paths = declaringPaths(source);
  const held = await files.readMany(commits.flatMap((commit) => paths.map((path) => ({ path, commit }))));
  return commits.map((commit, at) => {
    const here = held.slice(at * paths.length, (at + 1) * paths.length);
    if (here.some(({ kind }) => kind === "out-of-reach")) return undefined;
    const texts = new Map(here.map((file, index) => [paths[index], file.kind === "text" ? file.text : undefined]));
    return { commit, reading: declaredVersion(source, (path) => texts.get(path)) };
  });
}

/**
 * Reads the versions that a source declares at commits that are given newest first, and gives them oldest first; commits
 * without a version are left out. Throws `plan.history-unreadable` where one is out of reach, as a gap would pass for nothing.
 */
async function declaredVersions(
  source: VersionSource,
  commits: string[],
  files: ProjectFiles,
): Promise<DeclaredVersion[]> {
  const readings = await declaredAt(source, commits.toReversed(), files);
  return readings.flatMap((one) => {
    if (!one) throw outOfReach();
    const { commit, reading } = one;
    return reading.found.kind === "value" ? [{ commit, text: reading.found.text }] : [];
  });
}

/**
 * Lists the versions that a source declares on the first-parent chain of a range, oldest first, one for each change of its
 * files; none where only tags declare them.
 */
export async function versionsAlong(
  source: VersionSource | undefined,
  range: { base: string | null; tip: string },
  local: GitHistory & ProjectFiles,
): Promise<DeclaredVersion[]> {
  const paths = source ? declaringPaths(source) : [];
  if (!source || paths.length === 0) return [];
  const commits: string[] = [];
  for await (const commit of local.changesOf(paths, range)) commits.push(commit);
  return declaredVersions(source, commits, local);
}

function outOfReach(): Failure {
  return new Failure({
    kind: "input",
    code: "plan.history-unreadable",
    message: "expected every commit of the branch in the checkout, found one out of reach",
    hint: "Check out with `fetch-depth: 0`.",
  });
}

/** Reads the version that a source declares at one commit, where its file may have stood at a former path. */
function declaredVersion(source: VersionSource, lookup: Lookup): VersionReading {
  const today = source.file ?? "";
  const file = [today, ...source.former].find((path) => lookup(path) !== undefined) ?? today;
  switch (source.kind) {
    case "npm":
      return npmManifest(file, lookup(file));
    case "rust":
      return rustManifest(file, lookup);
    case "go":
      return goFile({ ...source, file }, lookup(file));
    case "python":
      return declaredInPython(file, source.module, lookup);
    default:
      return readSingleFile(source, lookup(file), file);
  }
}

function declaredInPython(file: string, module: string | undefined, lookup: Lookup): VersionReading {
  const manifest = pythonManifest({ file, module }, lookup(file));
  const elsewhere = manifest.found.kind === "not-applicable" && module !== undefined;
  return elsewhere ? moduleLiteral(module, lookup(module)) : manifest;
}
