import { FormulaError } from "#src/domain/formula/formula-error";
import type { FormulaText, FormulaWord } from "#src/domain/formula/formula-words";

/** Words that call nothing. */
const plain = new Set(["and", "do", "false", "if", "nil", "not", "or", "true", "unless"]);
/** What a statement's condition may ask, by whom it asks. */
const asked = new Map([
  ["OS", /^(?:mac|linux)\?$/],
  ["MacOS", /^version$/],
  ["Hardware::CPU", /^(?:arm|intel|is_64_bit)\?$/],
  ["build", /^(?:with|without|head|stable|bottle)\?$/],
]);

/**
 * Refuses a statement that is passed over and does more than hold values: Ruby would run a call in it, such as `url(…)`, and
 * that may change what is downloaded. So would code in a text, and the lines of a here-document are no statements.
 */
export function refuseCalls(words: FormulaWord[], line: number): void {
  const block = words.findIndex((one) => spelt(one) === "do");
  for (const [at, word] of words.slice(0, block < 0 ? words.length : block).entries()) {
    if ("text" in word) refuseCode(word.text, line);
    else if (word.word.startsWith("<<"))
      throw new FormulaError(line, "expected a statement without a here-document, found one");
    else if (at > 0 && calls(words, at)) throw new FormulaError(line, `expected values only, found ${word.word}`);
  }
}

function calls(words: FormulaWord[], at: number): boolean {
  const word = spelt(words[at]);
  const behindDot = spelt(words[at - 1]) === ".";
  if (behindDot) return !asked.get(spelt(words[at - 2]))?.test(word);
  if (word === "`" || word === "%") return true;
  const isName = /^[a-z_][\w]*[?!]?$/.test(word);
  return isName && !plain.has(word) && !(asked.has(word) && spelt(words[at + 1]) === ".");
}

function refuseCode({ parts }: FormulaText, line: number): void {
  const code = parts.find((part) => typeof part === "string" && /^#\{(?!\w+\}$)/.test(part));
  if (code !== undefined) throw new FormulaError(line, "expected a text without code in it, found some");
}

function spelt(word: FormulaWord | undefined): string {
  return word && "word" in word ? word.word : "";
}
