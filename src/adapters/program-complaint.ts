import { hideTokens } from "#src/domain/token-shapes";

/** What a program said of its trouble, on one line, without what looks like a credential. */
export function complaintOf(words: string): string {
  return hideTokens(words)
    .trim()
    .replace(/\s*\n\s*/g, "; ");
}
