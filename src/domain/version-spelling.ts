import { pythonVersion } from "#src/domain/python-names";
import { semverOfPython } from "#src/domain/python-semver";
import { parseVersion, type Version } from "#src/domain/version";
import { highest, sameVersion } from "#src/domain/version-order";

/**
 * Lists how ecosystems spell one version, the given text first: Python's indexes write `1.2.0rc1`, and SemVer `1.2.0-rc.1`.
 * A spelling that would be another version here is left out.
 */
export function spellingsOf(text: string): string[] {
  const others = [pythonVersion(text), semverOfPython(text)].filter((one) => one !== undefined);
  return [...new Set([text, ...others.filter((one) => sameVersion(one, text))])];
}

/**
 * Reads a version as some channel spells it. Build metadata has no part in the order, and Python leaves zeros at the end
 * of the numbers out.
 */
export function readServed(text: string): Version | undefined {
  const plain = text.replace(/\+[0-9A-Za-z.-]+$/, "");
  return parseVersion(plain) ?? parseVersion(semverOfPython(plain) ?? "");
}

/** Finds the text of the newest version that is no pre-release, as clients take one without being told which. */
export function newestServed(texts: Iterable<string>): string | undefined {
  const versions = [...texts].flatMap((text) => {
    const version = readServed(text);
    return version === undefined || version.class === "pre-release" ? [] : { ...version, text };
  });
  return highest(versions)?.text;
}
