import { readLines } from "#src/domain/changelog/lines";
import { applyEdits, type LineEdit, splitLines, writePatch } from "#src/domain/changelog/patch";
import { isDescribed, readChangelog } from "#src/domain/changelog/read";
import { isUnreleased, readHeading, type SectionRules, writeHeading } from "#src/domain/changelog/rules";

/** A version that the notes under `Unreleased` become, on a day. */
export interface Finalisation {
  version: string;
  date: string;
  rules: SectionRules;
}

/** The finished text, and the patch that leads to it. */
export interface Finalised {
  text: string;
  patch: string;
}

/**
 * Moves the notes under `Unreleased` to a version, with a fresh empty `Unreleased` above where the rules allow one, and
 * brings the comparing links in step. Undefined where there are no such notes, more than one place of them, a section
 * for the version already, or a text that is no valid UTF-8.
 */
export function finalizeChangelog(
  file: { path: string; text: string },
  { version, date, rules }: Finalisation,
): Finalised | undefined {
  const { sections } = readChangelog(file.text);
  const open = sections.filter((section) => isUnreleased(section.heading));
  const [only] = open.filter(isDescribed);
  const taken = sections.some(({ heading }) => readHeading(heading, rules.heading).version === version);
  const lines = splitLines(file.text);
  const old = only && lines[only.line - 1];
  if (!only || old === undefined || open.length > 1 || taken || file.text.includes("\uFFFD")) return undefined;
  const end = /\r?\n$/.exec(old)?.[0] ?? "\n";
  const bom = only.line === 1 && old.startsWith("\uFEFF") ? "\uFEFF" : "";
  const heading = `## ${writeHeading(rules.heading, version, date)}${end}`;
  const fresh = rules.unreleased === "refused" ? [] : [`## ${only.heading}${end}`, end];
  const insert = [...fresh, heading].map((line, index) => (index === 0 ? bom + line : line));
  const height = isUnderlined(file.text, only.line) ? 2 : 1;
  const edits = [{ at: only.line - 1, remove: height, insert }, ...linkEdits(file.text, lines, version)];
  const patch = writePatch(file.path, file.text, edits);
  return patch === undefined ? undefined : { text: applyEdits(file.text, edits), patch };
}

function isUnderlined(text: string, heading: number): boolean {
  const [own, next] = readLines(text).slice(heading - 1, heading + 1);
  return next?.role === "mark" && own !== undefined && !/^\uFEFF? {0,3}#/.test(own.raw);
}

const comparing = /^(\[unreleased\]:\s*)(\S+\/compare\/)(\S+?)(\.{2,3})HEAD(\s*)$/i;

/** `[Unreleased]: …/compare/v1.0.0...HEAD` becomes the link from the new tag on, and the version gets one of its own. */
function linkEdits(text: string, lines: string[], version: string): LineEdit[] {
  return readLines(text).flatMap(({ role, number }): LineEdit[] => {
    const [found, label = "", address = "", base = "", dots = "", end = ""] =
      (role === "definition" && comparing.exec(lines[number - 1] ?? "")) || [];
    const [, prefix] = /^(.*?)\d+\.\d+/.exec(base) ?? [];
    if (found === undefined || prefix === undefined) return [];
    const tag = prefix + version;
    const versionLink = `[${version}]: ${address}${base}${dots}${tag}`;
    return [
      { at: number - 1, remove: 1, insert: [`${label}${address}${tag}${dots}HEAD${end || "\n"}`, versionLink + end] },
    ];
  });
}
