import { versionSection } from "#src/contract/config/version";
import { aSha } from "#src/testing/builders";
import { fakeLocalGit } from "#src/testing/fake-local-git";
import type { VersionReading } from "../facts.ts";
import { readVersions } from "../version-sources.ts";

/** Files of a commit, by path. */
export type Files = Record<string, string>;

const sha = aSha();

/** Reads the places of some sources, as a configuration writes them, in a commit that holds the files. */
export function readingsOf(sources: object[], files: Files, asked?: string): Promise<VersionReading[]> {
  const git = fakeLocalGit({
    checkout: { head: sha, shallow: false, dirty: [] },
    commits: [{ sha, parents: [], message: "", files }],
  });
  return readVersions(versionSection.parse({ sources }).sources, { files: git, commit: sha, asked });
}

/** Reads places as one text each: the version, with what was left out of it, or the word for what is there instead. */
export async function wordsOf(sources: object[], files: Files, asked?: string): Promise<string[]> {
  return (await readingsOf(sources, files, asked)).map(inWords);
}

/** Reads places as lines of file, place and version. */
export async function linesOf(sources: object[], files: Files): Promise<string[]> {
  return (await readingsOf(sources, files)).map((reading) => `${reading.file} ${reading.place}: ${inWords(reading)}`);
}

function inWords({ found }: VersionReading): string {
  if (found.kind !== "value") return found.kind;
  return found.note === undefined ? found.text : `${found.text} (${found.note})`;
}
