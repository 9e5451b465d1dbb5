/** Class of a version; the whole suite uses this one classifier. A post-release is neither stable nor a pre-release. */
export type VersionClass = "stable" | "pre-release" | "post-release";

/** A part of a version's suffix: numbers compare as numbers and stand below words. */
export type Identifier = bigint | string;

/** A version that was understood. `release` is major, minor, patch. */
export interface Version {
  text: string;
  release: readonly [bigint, bigint, bigint];
  class: VersionClass;
  suffix: readonly Identifier[];
}

const number = "(0|[1-9]\\d*)";
const form = new RegExp(`^${number}\\.${number}\\.${number}(.*)$`, "s");
const python = /^(?:(a|b|rc)|\.?(dev))(\d+)$/;
const post = /^\.post(\d+)$/;
const semver = /^-((?:0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*)(?:\.(?:0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*))*)$/;

/** Below every other suffix, as Python orders `.devN`. */
const development = -1n;

/**
 * Reads a version: `N.N.N` is stable; `aN`, `bN`, `rcN`, `devN` (Python) or `-identifiers` (SemVer) make a pre-release;
 * `.postN` is a class of its own. Any other text, such as one with build metadata, is undefined and never guessed at.
 */
export function parseVersion(text: string): Version | undefined {
  const match = form.exec(text);
  if (!match) return undefined;
  const [, major = "", minor = "", patch = "", rest = ""] = match;
  const tail = readSuffix(rest);
  return tail && { text, release: [BigInt(major), BigInt(minor), BigInt(patch)], ...tail };
}

function readSuffix(rest: string): Pick<Version, "class" | "suffix"> | undefined {
  if (rest === "") return { class: "stable", suffix: [] };
  const [, letters, dev, count] = python.exec(rest) ?? [];
  if (count !== undefined)
    return { class: "pre-release", suffix: [dev ? development : (letters ?? ""), BigInt(count)] };
  const [, revision] = post.exec(rest) ?? [];
  if (revision !== undefined) return { class: "post-release", suffix: [BigInt(revision)] };
  const [, identifiers] = semver.exec(rest) ?? [];
  if (identifiers === undefined) return undefined;
  return { class: "pre-release", suffix: identifiers.split(".").map(readIdentifier) };
}

function readIdentifier(text: string): Identifier {
  return /^\d+$/.test(text) ? BigInt(text) : text;
}
