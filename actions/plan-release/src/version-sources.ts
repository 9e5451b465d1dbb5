import { posix } from "node:path";
import * as z from "zod";
import type { Config } from "#src/contract/config/schema";
import type { ProjectFiles } from "#src/ports/project-files";
import type { VersionReading } from "./facts.ts";

/** Reads every place of a commit that should hold the version: each manifest, and the lockfiles beside it. */
export async function readVersions(
  sources: Config["version"]["sources"],
  files: ProjectFiles,
  commit: string,
): Promise<VersionReading[]> {
  return (await Promise.all(sources.map(({ file }) => readNpm(file, files, commit)))).flat();
}

/** The version on which all places agree; null where one is silent or differs. */
export function agreedVersion(readings: VersionReading[]): string | null {
  const values = new Set(readings.map(({ found }) => (found.kind === "value" ? found.text : null)));
  const [only = null] = values;
  return values.size === 1 ? only : null;
}

async function readNpm(file: string, files: ProjectFiles, commit: string): Promise<VersionReading[]> {
  const manifest = await files.read(file, commit);
  const locks = ["package-lock.json", "npm-shrinkwrap.json"].map(async (name) => {
    const lock = posix.join(posix.dirname(file), name);
    const text = await files.read(lock, commit);
    return text === undefined ? [] : readLock(lock, text);
  });
  return [readManifest(file, manifest), ...(await Promise.all(locks)).flat()];
}

const manifestForm = z.object({ version: z.string().optional() });

function readManifest(file: string, text: string | undefined): VersionReading {
  const place = "version";
  if (text === undefined) return { file, place, found: { kind: "absent" } };
  const parsed = parse(manifestForm, text);
  return { file, place, found: typeof parsed === "string" ? unreadable(parsed) : statedVersion(parsed.version) };
}

const lockForm = z.object({
  lockfileVersion: z.int().optional(),
  version: z.string().optional(),
  packages: z.record(z.string(), z.object({ version: z.string().optional() })).optional(),
});

/** A lockfile names the version at its top and, from format 2 on, in the entry of the root package. */
function readLock(file: string, text: string): VersionReading[] {
  const lock = parse(lockForm, text);
  if (typeof lock === "string") return [{ file, place: "version", found: unreadable(lock) }];
  const top = { file, place: "version", found: statedVersion(lock.version) };
  if (lock.lockfileVersion === 1) return [top];
  return [top, { file, place: 'packages[""].version', found: statedVersion(lock.packages?.[""]?.version) }];
}

/** Parses a JSON file; a text that does not fit is told in words. */
function parse<Form extends z.ZodType>(form: Form, text: string): z.output<Form> | string {
  try {
    const parsed = form.safeParse(JSON.parse(text.replace(/^\uFEFF/, "")));
    return parsed.success ? parsed.data : "a value is of another type than expected";
  } catch {
    return "not JSON";
  }
}

function statedVersion(version: string | undefined): VersionReading["found"] {
  return version === undefined ? unreadable("no version is given") : { kind: "value", text: version };
}

function unreadable(because: string): VersionReading["found"] {
  return { kind: "unreadable", because };
}
