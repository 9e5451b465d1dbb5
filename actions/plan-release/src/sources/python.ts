import { posix } from "node:path";
import * as z from "zod";
import type { Found, VersionReading } from "../facts.ts";
import { fitted, parseToml } from "./documents.ts";
import { type CommitFiles, placeIn, statedVersion, unreadable } from "./reading.ts";

/** A Python project: its manifest, and the module that may hold the version as a literal. */
export interface PythonPlaces {
  file: string;
  module?: string | undefined;
}

/** Reads a Python project: its manifest, the literal in its module where one is named, and its entry in `uv.lock`. */
export async function readPython({ file, module }: PythonPlaces, files: CommitFiles): Promise<VersionReading[]> {
  const lock = posix.join(posix.dirname(file), "uv.lock");
  const [manifest, lockText, source] = await Promise.all([
    files.read(file),
    files.read(lock),
    module === undefined ? undefined : files.read(module),
  ]);
  const literal = module === undefined ? [] : [moduleLiteral(module, source)];
  const locked = lockText === undefined ? [] : [lockEntry(lock, lockText, projectName(manifest))];
  return [pythonManifest({ file, module }, manifest), ...literal, ...locked];
}

const table = z.object({ name: z.string().optional(), version: z.string().optional() });
const manifestForm = z.object({
  project: table.extend({ dynamic: z.array(z.string()).optional() }).optional(),
  tool: z.object({ poetry: table.optional() }).optional(),
});

/** Reads the version of a project's manifest; one that leaves it to the named module is not applicable. */
export function pythonManifest({ file, module }: PythonPlaces, text: string | undefined): VersionReading {
  const place = "project.version";
  const parsed = text === undefined ? undefined : fitted(manifestForm, parseToml(text));
  if (parsed === undefined || typeof parsed === "string" || parsed.project?.version !== undefined)
    return placeIn({ file, place }, text, () => foundIn(parsed));
  const { project, tool } = parsed;
  if (project?.dynamic?.includes("version")) return { file, place, found: dynamicVersion(module) };
  const poetry = tool?.poetry?.version;
  return poetry === undefined
    ? { file, place, found: unreadable("no version is given") }
    : { file, place: "tool.poetry.version", found: statedVersion(poetry) };
}

function foundIn(parsed: z.output<typeof manifestForm> | string | undefined): Found {
  return typeof parsed === "string" ? unreadable(parsed) : statedVersion(parsed?.project?.version);
}

function dynamicVersion(module: string | undefined): Found {
  return module === undefined
    ? unreadable("the version is dynamic; name the `module` that holds it")
    : { kind: "not-applicable", because: `the version is dynamic; ${module} holds it` };
}

const literal = /^__version__(?:\s*:\s*[\w.[\]"']+)?\s*=\s*(["'])([^"'\n]*)\1\s*(?:#.*)?$/gm;
const asksMetadata = /\bimportlib[._]metadata\b|\bpkg_resources\b|\bget_distribution\(/;

/** Reads `__version__` of a module. A module that asks the installed package's metadata holds no version of its own. */
export function moduleLiteral(file: string, text: string | undefined): VersionReading {
  return placeIn({ file, place: "__version__" }, text, (source) => {
    const values = new Set([...source.matchAll(literal)].map(([, , version = ""]) => version));
    const [only] = values;
    if (only !== undefined && values.size === 1) return statedVersion(only);
    if (only !== undefined) return unreadable(`several values: ${[...values].join(", ")}`);
    return asksMetadata.test(source)
      ? { kind: "not-applicable", because: "the module reads the version from the package's metadata" }
      : unreadable("no literal `__version__` is given");
  });
}

const lockForm = z.object({
  package: z
    .array(
      z.object({
        name: z.string(),
        version: z.string().optional(),
        source: z.record(z.string(), z.unknown()).optional(),
      }),
    )
    .optional(),
});

/** The entry whose source is the project's own folder; an entry without a version belongs to a dynamic one. */
function lockEntry(file: string, text: string, name: string | undefined): VersionReading {
  const lock = fitted(lockForm, parseToml(text));
  if (typeof lock === "string") return { file, place: "package", found: unreadable(lock) };
  const own = lock.package?.find(
    (entry) => [entry.source?.editable, entry.source?.virtual].includes(".") || normal(entry.name) === normal(name),
  );
  const place = `package ${own?.name ?? name ?? "of the project"}`;
  if (own && own.version === undefined)
    return { file, place, found: { kind: "not-applicable", because: "the lock leaves a dynamic version out" } };
  return { file, place, found: own ? statedVersion(own.version) : unreadable("no entry of the project") };
}

function projectName(manifest: string | undefined): string | undefined {
  const parsed = manifest === undefined ? "" : fitted(manifestForm, parseToml(manifest));
  return typeof parsed === "string" ? undefined : (parsed.project?.name ?? parsed.tool?.poetry?.name);
}

/** Names of Python projects are the same in any case and with any of the three separators (PEP 503). */
function normal(name: string | undefined): string | undefined {
  return name?.toLowerCase().replace(/[-_.]+/g, "-");
}
