import { applyEdits, type LineEdit, splitLines, writePatch } from "#src/domain/changelog/patch";
import { compareFormula, type Wanted } from "#src/domain/formula/compare-formula";
import { type FormulaOn, formulaOn } from "#src/domain/formula/formula-on";
import type { FormulaText } from "#src/domain/formula/formula-words";
import { readFormula } from "#src/domain/formula/read-formula";
import type { WantedDownload } from "#src/domain/formula/wanted-formula";

/** A corrected formula with its patch, or why it takes a person. */
export type Correction = { text: string; patch: string } | { because: string };

/** A text that must stand where another one does. */
interface Replacement {
  literal: FormulaText;
  text: string;
}

/**
 * Corrects a formula in place: version, addresses and digests, placeholders included, and nothing else. A formula that
 * would not be right even so, as it lacks a platform or has one text for several, is left to a person.
 */
export function correctFormula(path: string, source: string, wanted: Wanted): Correction {
  const formula = readFormula(source);
  const replacements = wanted.downloads.flatMap((one) =>
    replacementsOn(formulaOn(formula, one.machine), one, wanted.version),
  );
  const rival = replacements.find((one) => replacements.some((other) => clash(one, other)));
  if (rival) return { because: `one text stands for several platforms (${shown(source, rival.literal)})` };
  const edits = lineEdits(source, replacements);
  const text = applyEdits(source, edits);
  const left = compareFormula(text, wanted).filter(({ decides }) => decides);
  if (left.length > 0) {
    const told = left.map(({ platform, field }) => `${field} of ${platform}`).join(", ");
    return { because: `these have to be written by hand: ${told}` };
  }
  const patch = writePatch(path, source, edits);
  return patch === undefined ? { because: "nothing is to be corrected" } : { text, patch };
}

function replacementsOn(on: FormulaOn, { url, sha256 }: WantedDownload, version: string): Replacement[] {
  const texts = { version, url, sha256 };
  const fields = ["version", "url", "sha256"] as const;
  return fields.flatMap((field) => {
    const literal = on[field]?.from.value;
    if (!literal || filledIn(literal, version) === texts[field]) return [];
    return [{ literal, text: texts[field] }];
  });
}

/** An address into which the version is filled is right as soon as the version is. */
function filledIn({ parts }: FormulaText, version: string): string {
  return parts.map((part) => (typeof part === "string" ? part : version)).join("");
}

function clash(one: Replacement, other: Replacement): boolean {
  return one.literal.start === other.literal.start && one.text !== other.text;
}

function shown(source: string, { start, end }: FormulaText): string {
  return source.slice(start, end);
}

function lineEdits(source: string, replacements: Replacement[]): LineEdit[] {
  const byStart = new Map(replacements.map((one) => [one.literal.start, one]));
  const ordered = [...byStart.values()].sort((a, b) => b.literal.start - a.literal.start);
  const text = ordered.reduce(
    (whole, one) => whole.slice(0, one.literal.start) + quoted(one.text) + whole.slice(one.literal.end),
    source,
  );
  const [before, after] = [splitLines(source), splitLines(text)];
  return before.flatMap((line, at) => (line === after[at] ? [] : [{ at, remove: 1, insert: [after[at] ?? ""] }]));
}

function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, "\\$&").replaceAll("#{", "\\#{")}"`;
}
