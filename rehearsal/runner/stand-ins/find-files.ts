/** Finds what an upload takes: files, directories with all below them, and glob patterns, less what `!` excludes. */
import { readdirSync, statSync } from "node:fs";
import { basename, dirname, join, matchesGlob, resolve, sep } from "node:path";

/** What was found, and the folder that paths inside the artifact are relative to. */
export interface FoundFiles {
  files: string[];
  root: string;
}

const magic = /[*?[{]/;

/** Finds the files of an upload. Hidden files, and all below hidden folders, are left out unless they are wanted. */
export function findFiles(patterns: string[], workspace: string, hidden: boolean): FoundFiles {
  const lines = patterns.map((line) => line.trim()).filter((line) => line !== "" && !line.startsWith("#"));
  const absolute = (line: string) => resolve(workspace, line);
  const excluded = lines.filter((line) => line.startsWith("!")).map((line) => absolute(line.slice(1)));
  const wanted = lines.filter((line) => !line.startsWith("!")).map(absolute);
  const starts = wanted.map(startOf);
  const files = new Set<string>();
  for (const [at, pattern] of wanted.entries()) {
    for (const file of walk(starts[at] ?? workspace, hidden)) {
      if (matches(file, pattern) && !excluded.some((one) => matches(file, one))) files.add(file);
    }
  }
  const found = [...files].sort();
  return { files: found, root: rootOf(starts, found) };
}

/** The part of a pattern before its first wildcard. */
function startOf(pattern: string): string {
  if (!magic.test(pattern)) return pattern;
  const parts = pattern.split(sep);
  return (
    parts
      .slice(
        0,
        parts.findIndex((part) => magic.test(part)),
      )
      .join(sep) || sep
  );
}

function walk(path: string, hidden: boolean): string[] {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return [];
  if (!found.isDirectory()) return hidden || !basename(path).startsWith(".") ? [path] : [];
  return readdirSync(path)
    .filter((name) => hidden || !name.startsWith("."))
    .flatMap((name) => walk(join(path, name), hidden));
}

/** A pattern that matches a folder matches all below it. */
function matches(file: string, pattern: string): boolean {
  for (let path = file; path !== dirname(path); path = dirname(path)) {
    if (path === pattern || matchesGlob(path, pattern)) return true;
  }
  return false;
}

function rootOf(starts: string[], files: string[]): string {
  const [only] = starts;
  if (starts.length === 1 && only !== undefined) return files.length === 1 && files[0] === only ? dirname(only) : only;
  const split = starts.map((start) => start.split(sep));
  const shortest = Math.min(...split.map((parts) => parts.length));
  const same = (at: number) => split.every((parts) => parts[at] === split[0]?.[at]);
  let length = 0;
  while (length < shortest && same(length)) length += 1;
  const shared = split[0]?.slice(0, length).join(sep) || sep;
  return files.includes(shared) ? dirname(shared) : shared;
}
