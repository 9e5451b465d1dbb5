import { posix } from "node:path";
import * as z from "zod";
import type { VersionReading } from "../facts.ts";
import { fitted, parseJson } from "./documents.ts";
import { type CommitFiles, placeIn, statedVersion, unreadable } from "./reading.ts";

/** Reads an npm package: its manifest, and both entries of each lockfile beside it. */
export async function readNpm(file: string, files: CommitFiles): Promise<VersionReading[]> {
  const manifest = npmManifest(file, await files.read(file));
  const locks = ["package-lock.json", "npm-shrinkwrap.json"].map(async (name) => {
    const lock = posix.join(posix.dirname(file), name);
    const text = await files.read(lock);
    return text === undefined ? [] : readLock(lock, text);
  });
  return [manifest, ...(await Promise.all(locks)).flat()];
}

const manifestForm = z.object({ version: z.string().optional() });

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

/** A lockfile names the version at its top and, from format 2 on, in the entry of the root package. */
function readLock(file: string, text: string): VersionReading[] {
  const lock = fitted(lockForm, parseJson(text));
  if (typeof lock === "string") return [{ file, place: "version", found: unreadable(lock) }];
  const top = { file, place: "version", found: statedVersion(lock.version) };
  if (lock.lockfileVersion === 1) return [top];
  return [top, { file, place: 'packages[""].version', found: statedVersion(lock.packages?.[""]?.version) }];
}
