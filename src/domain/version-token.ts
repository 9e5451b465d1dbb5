import { spellingsOf } from "#src/domain/version-spelling";

const before = "(?<![0-9A-Za-z.+_-])v?";
const after = String.raw`(?![0-9A-Za-z+_-]|\.[0-9A-Za-z])`;

/**
 * Tells whether a text holds a version as a whole token: `0.1.1` is found in `tool 0.1.1.` and in `v0.1.1`, and neither
 * in `0.1.10` nor in `0.1.1-rc.1`. Each ecosystem's spelling of the version will do.
 */
export function containsVersion(text: string, version: string): boolean {
  return spellingsOf(version).some((one) => new RegExp(before + literally(one) + after).test(text));
}

/** Tells whether a text holds a version of a line as a whole token: of `3.12`, `3.12.8` is one, `3.12` and `3.120.1` are none. */
export function containsVersionOf(text: string, line: string): boolean {
  return new RegExp(`${before}${literally(line)}(?:\\.[0-9A-Za-z]+)+${after}`).test(text);
}

function literally(text: string): string {
  return text.replace(/[^0-9A-Za-z-]/g, "\\$&");
}
