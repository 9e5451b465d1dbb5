/** Controls, and the characters that turn the direction of text: both can make a text look like another one. */
const deceptive = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
const layout = new Set(["\n", "\r", "\t"]);

/** Puts a visible mark in the place of each deceptive character; line breaks and tabs stay, for the caller to decide on. */
export function unmask(text: string): string {
  return text.replace(deceptive, (character) => (layout.has(character) ? character : "\uFFFD"));
}
