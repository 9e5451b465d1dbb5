import { spellingsOf } from "#src/domain/version-spelling";

const before = "(?<![0-9A-Za-z.+_-])v?";
const after = String.raw`(?![0-9A-Za-z+_~-]|\.[0-9A-Za-z])`;

/** How far before a version is looked for the name that it follows. */
const longestName = 100;
/** What a version may follow: nothing, what is no part of a version, or a name such as `tide-`. */
const start = /(?:^|[^0-9A-Za-z.+_~^-]|(?<![0-9A-Za-z.+_-])[A-Za-z][0-9A-Za-z]*(?:[-_][0-9A-Za-z]+)*[-_])v?$/;
/** What makes it a bound or a part of another version: an operator, an epoch. */
const bound = /(?:(?:[<>~!]=|[~^])\s*|\d[:!])v?$/;
const anyVersion = /(?<!\d)\d{1,12}(?:\.\d{1,12}){1,9}[0-9A-Za-z.+_~-]{0,60}/g;
/** Words by which programs and services speak of another version than their own. */
const notice = /\b(?:updates?|upgrades?|newer|newest|new (?:version|release)|latest|available)\b/i;
/** Stands between the version that somebody has and the one that is offered. */
const arrow = /^\s*(?:->|=>|→|➜)\s*v?$/;
const linesOfNotice = 2;
const offered = /^[^\n]{0,10}\b(?:is|now) available\b/i;

/**
 * Tells whether a text holds a version as a whole token, and as its own: `0.1.1` is found in `tool 0.1.1.`, in `tool-0.1.1` and in
 * `v0.1.1`, and neither in `0.1.10` nor in `0.1.1-rc.1`, nor where another version is told and this one only offered as an update. Each
 * ecosystem's spelling of the version will do.
 */
export function containsVersion(text: string, version: string): boolean {
  const told = [...text.matchAll(anyVersion)].map(({ 0: words, index }) => ({ words, end: index + words.length }));
  return spellingsOf(version).some((spelling) => {
    const others = told.filter(({ words }) => words.replace(/\W+$/, "") !== spelling);
    return [...text.matchAll(new RegExp(literally(spelling) + after, "g"))].some(({ index }) => {
      const lead = text.slice(Math.max(0, index - longestName), index);
      return start.test(lead) && !bound.test(lead) && !isOffered(text, { index, spelling, others });
    });
  });
}

/** Tells whether a version is one that somebody is told to update to: by the words since the version before it, or behind it. */
function isOffered(
  text: string,
  { index, spelling, others }: { index: number; spelling: string; others: { end: number }[] },
): boolean {
  if (others.length === 0) return false;
  const since = text.slice(others.findLast(({ end }) => end <= index)?.end ?? 0, index);
  const lead = arrow.test(since) ? text.slice(0, index) : since;
  const said = lead.split("\n").slice(-linesOfNotice).join("\n");
  return notice.test(said) || offered.test(text.slice(index + spelling.length));
}

/** Tells whether a text holds a version of a line as a whole token: of `3.12`, `3.12.8` is one, `3.12` and `3.120.1` are none. */
export function containsVersionOf(text: string, line: string): boolean {
  return new RegExp(`${before}${literally(line)}(?:\\.[0-9A-Za-z]+)+${after}`).test(text);
}

function literally(text: string): string {
  return text.replace(/[^0-9A-Za-z-]/g, "\\$&");
}
