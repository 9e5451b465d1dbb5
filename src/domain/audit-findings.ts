import { versionOfTag } from "#src/domain/tag-pattern";
import { parseVersion, type Version } from "#src/domain/version";
import { compareVersions, sameVersion } from "#src/domain/version-order";

/** A version that a source declared at a commit of the branch. */
export interface DeclaredAt {
  commit: string;
  text: string;
}

/** A release tag with what its commit carries; `version` is null where nothing is declared there, undefined out of reach. */
export interface AuditedTag {
  tag: string;
  commit: string;
  carries: string | null | undefined;
}

/** A stable version that stood on the branch and has no tag, with the first commit that carried it. */
export interface UntaggedVersion {
  version: string;
  commit: string;
}

/** Lists stable versions that stood on the branch without ever being tagged, in version order. `declared` comes oldest first. */
export function untaggedVersions(declared: DeclaredAt[], tags: Iterable<string>, pattern: string): UntaggedVersion[] {
  const tagged = [...tags].flatMap((tag) => versionOfTag(pattern, tag) ?? []);
  const texts = new Set(tagged.map(({ text }) => text));
  const found = new Map<string, { version: Version; commit: string }>();
  for (const { commit, text } of declared) {
    const version = parseVersion(text);
    if (version?.class === "stable" && !texts.has(text) && !found.has(text)) found.set(text, { version, commit });
  }
  return [...found.values()]
    .toSorted((a, b) => compareVersions(a.version, b.version))
    .map(({ version, commit }) => ({ version: version.text, commit }));
}

/** Lists the tags that name another version than their commit carries; those out of reach are left to the caller. */
export function mismatchedTags(tags: AuditedTag[], pattern: string): AuditedTag[] {
  return tags.filter(({ tag, carries }) => {
    const named = versionOfTag(pattern, tag)?.text;
    if (named === undefined || carries === undefined) return false;
    return carries === null || !sameVersion(carries, named);
  });
}

/** Lists the release tags of a pattern in version order. */
export function releaseTags(tags: Iterable<string>, pattern: string): string[] {
  const named = [...tags].flatMap((tag) => {
    const version = versionOfTag(pattern, tag);
    return version ? [{ ...version, tag }] : [];
  });
  return named.toSorted(compareVersions).map(({ tag }) => tag);
}
