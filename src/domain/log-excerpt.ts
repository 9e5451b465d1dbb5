import { stripVTControlCharacters } from "node:util";
import { hideTokens } from "#src/domain/token-shapes";

const leadingLines = 12;
const longest = 360;
const shortestSecret = 4;
const mask = "***";

/** Replaces every given secret, and each line of one that has several, by `***`; lines below four characters stay. */
export function redact(log: string, secrets: string[]): string {
  const lines = secrets.flatMap((secret) => secret.split(/\r?\n/).map((line) => line.trim()));
  const hidden = [...secrets, ...lines.filter((line) => line.length >= shortestSecret)].filter((text) => text !== "");
  return hidden.sort((a, b) => b.length - a.length).reduce((text, secret) => text.replaceAll(secret, mask), log);
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
