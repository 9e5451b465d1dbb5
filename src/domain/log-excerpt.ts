import { stripVTControlCharacters } from "node:util";
import { cuts } from "#src/domain/left-out";
import { hideTokens } from "#src/domain/token-shapes";

const leadingLines = 12;
const longest = 360;
const shortestSecret = 4;
const mask = "***";

/**
 * Replaces every given secret, and each line of one that has several, by `***`, also as addresses, forms and JSON write them, and what a
 * cut through the log has left of one; lines below four characters stay.
 */
export function redact(log: string, secrets: string[]): string {
  const lines = secrets.flatMap((secret) => secret.split(/\r?\n/).map((line) => line.trim()));
  const hidden = [...secrets, ...lines.filter((line) => line.length >= shortestSecret)].flatMap(formsOf);
  const forms = [...new Set(hidden)].filter((text) => text !== "").sort((a, b) => b.length - a.length);
  const masked = forms.reduce((text, form) => text.replaceAll(form, mask), log);
  const parts = masked.split(cuts);
  if (parts.length === 1) return masked;
  return parts
    .map((part, index) => maskEnds(part, { forms, first: index > 0, last: index < parts.length - 1 }))
    .join("");
}

/** Redacts every text in a value that is to be written as JSON. */
export function redactTexts(value: object, secrets: string[]): unknown {
  const redacted = JSON.stringify(value, (_key, part: unknown) =>
    typeof part === "string" ? redact(part, secrets) : part,
  );
  return JSON.parse(redacted);
}

/** Texts in which a value stands where it was written into an address, a form, JSON, or JSON within JSON. */
function formsOf(value: string): string[] {
  const inJson = JSON.stringify(value).slice(1, -1);
  const inForm = new URLSearchParams({ "": value }).toString().slice(1);
  return [value, inJson, JSON.stringify(inJson).slice(1, -1), encodeURIComponent(value.toWellFormed()), inForm];
}

/** Masks the last part of a secret that a cut left at the start, and the first one that it left at the end. */
function maskEnds(part: string, { forms, first, last }: { forms: string[]; first: boolean; last: boolean }): string {
  let text = part;
  if (first) {
    const rest = text.replace(/^\uFFFD+/, "");
    const length = longestOf(forms, (form, size) => rest.startsWith(form.slice(-size)));
    if (length > 0) text = mask + rest.slice(length);
  }
  if (last) {
    const rest = text.replace(/\uFFFD+$/, "");
    const length = longestOf(forms, (form, size) => rest.endsWith(form.slice(0, size)));
    if (length > 0) text = rest.slice(0, -length) + mask;
  }
  return text;
}

/** Finds how many characters of any secret fit; 0 for none. */
function longestOf(forms: string[], fits: (form: string, size: number) => boolean): number {
  let longest = 0;
  for (const form of forms) {
    for (let size = form.length - 1; size > longest; size -= 1) if (fits(form, size)) longest = size;
  }
  return longest;
}

/**
 * Shortens a log for people: secrets redacted and what looks like one, terminal codes and blank lines dropped, runs of whitespace reduced to one
 * blank, its first 12 lines at most, cut at 360 characters (GAT-44).
 */
export function excerpt(log: string, secrets: string[] = []): string {
  return cut(tidyLines(log, secrets).slice(0, leadingLines).join("\n"));
}

/** Shortens a log from its end by the same rules, for the lines in which most programs say why they failed. */
export function closingExcerpt(log: string, secrets: string[] = []): string {
  const lines = tidyLines(log, secrets).slice(-leadingLines);
  while (lines.length > 1 && lines.join("\n").length > longest) lines.shift();
  return cut(lines.join("\n"));
}

function tidyLines(log: string, secrets: string[]): string[] {
  return hideTokens(redact(stripVTControlCharacters(log), secrets))
    .split(/\r\n|[\r\n]/)
    .map((line) => line.replace(/[\s\p{Cc}]+/gu, " ").trim())
    .filter((line) => line !== "");
}

function cut(text: string): string {
  if (text.length <= longest) return text;
  return `${text.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}
