import type { VersionSource } from "#src/contract/config/version-sources";
import { parseVersion } from "#src/domain/version";
import { sameVersion } from "#src/domain/version-order";
import type { ProjectFiles } from "#src/ports/project-files";
import type { VersionReading } from "./facts.ts";
import { readGo } from "./sources/go.ts";
import { readNpm } from "./sources/npm.ts";
import { readPython } from "./sources/python.ts";
import type { CommitFiles } from "./sources/reading.ts";
import { readRust } from "./sources/rust.ts";
import { readSingleFile } from "./sources/single-file.ts";

/** Reads every place of a commit that should hold the version; `asked` is the version of the tag that was asked for. */
export async function readVersions(
  sources: VersionSource[],
  { files, commit, asked }: { files: ProjectFiles; commit: string; asked?: string | undefined },
): Promise<VersionReading[]> {
  const held = { read: (path: string) => files.read(path, commit), list: () => files.list(commit) };
  return (await Promise.all(sources.map((source) => readSource(source, held, asked)))).flat();
}

/** The version on which all places agree, as the first one writes it; null where one is silent or differs. */
export function agreedVersion(readings: VersionReading[]): string | null {
  const counted = readings.filter(({ found }) => found.kind !== "not-applicable");
  const values = counted.map(({ found }) => (found.kind === "value" ? found.text : null));
  const [first = null] = values;
  return first !== null && values.every((value) => value !== null && sameVersion(value, first)) ? first : null;
}

async function readSource(source: VersionSource, files: CommitFiles, asked: string | undefined) {
  switch (source.kind) {
    case "npm":
      return readNpm(source.file, files);
    case "python":
      return readPython(source, files);
    case "rust":
      return readRust(source, files);
    case "go":
      return readGo(source, files, asked);
    default:
      return [readSingleFile(source, await files.read(source.file))];
  }
}

/** Tells the places that hold another version than the first one, which declares it. */
export function disagreeing(readings: VersionReading[]): VersionReading[] {
  const first = readings.find(({ found }) => found.kind !== "not-applicable");
  const declared = first?.found.kind === "value" ? first.found.text : undefined;
  return readings.filter(
    ({ found }) =>
      found.kind !== "not-applicable" &&
      (found.kind !== "value" ||
        declared === undefined ||
        parseVersion(found.text) === undefined ||
        !sameVersion(found.text, declared)),
  );
}
