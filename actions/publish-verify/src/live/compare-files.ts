import type { BuiltFile } from "#src/domain/build-manifest";
import type { ServedFile } from "#src/ports/package-channel";

/** How the files that a channel serves differ from those that were built, in words. */
export interface FileComparison {
  /** Files with other bytes than were built. */
  other: string[];
  /** Files that nobody built for this version. */
  extra: string[];
  /** Built files that are not served. */
  missing: string[];
  /** Files whose digests are of no form that the build recorded. */
  untold: string[];
}

/** Compares what is served with what was built: by name, or one file with the other where the channel names none. */
export function compareFiles(built: BuiltFile[], served: ServedFile[]): FileComparison {
  const pairs = served.map((file) => ({ file, twin: twinOf(file, built) }));
  const twins = pairs.map(({ twin }) => twin);
  const titleOf = titles(built);
  const known = pairs.flatMap(({ file, twin }) => (twin ? [{ file, twin }] : []));
  return {
    extra: pairs.filter(({ twin }) => twin === undefined).map(({ file }) => titleOf(file) || "a further file"),
    missing: built.filter((file) => !twins.includes(file)).map(titleOf),
    other: known.flatMap(({ file, twin }) => difference(titleOf(file), file, twin)),
    untold: known.filter(({ file, twin }) => digestPairs(file, twin).length === 0).map(({ twin }) => titleOf(twin)),
  };
}

/** Of a file that is served by platform, its name alone says nothing. */
function twinOf({ name, platform }: ServedFile, built: BuiltFile[]): BuiltFile | undefined {
  if (name === null) return built[0];
  return built.find((file) => file.name === name && (platform === undefined || file.platform === platform));
}

/** Names files as people tell them apart: several of one name by the platform that each is for. */
function titles(built: BuiltFile[]): (file: { name: string | null; platform?: string | null }) => string {
  const isShared = (name: string) => built.filter((file) => file.name === name).length > 1;
  return ({ name, platform }) => (name !== null && platform && isShared(name) ? `${name} (${platform})` : (name ?? ""));
}

function difference(title: string, file: ServedFile, twin: BuiltFile): string[] {
  const differing = digestPairs(file, twin).find(({ is, was }) => is !== was);
  if (!differing) return [];
  const prefix = title === "" ? "" : `${title}: `;
  return [`${prefix}${differing.form} ${differing.was} as built, found ${differing.is}`];
}

function digestPairs({ digests }: ServedFile, twin: BuiltFile) {
  return [
    { form: "SHA-256", was: twin.sha256, is: digests.sha256 },
    { form: "SHA-512", was: twin.sha512, is: digests.sha512 },
    { form: "the registry's digest", was: twin.registry, is: digests.registry },
  ].flatMap(({ form, was, is }) => (is === undefined || was === null ? [] : [{ form, was, is }]));
}
