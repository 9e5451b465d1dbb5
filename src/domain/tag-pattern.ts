import { parseVersion, type Version } from "#src/domain/version";

const place = "{version}";

/** Names the tag of a version after a pattern such as `v{version}`. */
export function tagOf(pattern: string, version: string): string {
  return pattern.split(place).join(version);
}

/** Reads the version out of a tag of the pattern; undefined where the tag is of another form or names no version. */
export function versionOfTag(pattern: string, tag: string): Version | undefined {
  const [before = "", after = ""] = pattern.split(place);
  const fits = tag.startsWith(before) && tag.endsWith(after) && tag.length > before.length + after.length;
  return fits ? parseVersion(tag.slice(before.length, tag.length - after.length)) : undefined;
}

/** Tells whether git would take a text as the name of a tag (git-check-ref-format); a leading hyphen is refused as well. */
export function isTagName(tag: string): boolean {
  const wellFormed = /^[^-/.\p{Cc} ~^:?*[\\][^\p{Cc} ~^:?*[\\]*$/u.test(tag);
  return wellFormed && !/\/\/|\.\.|\/\.|@\{|\.lock(\/|$)|[./]$/.test(tag) && tag !== "@";
}
