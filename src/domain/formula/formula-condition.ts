import { FormulaError } from "#src/domain/formula/formula-error";
import type { FormulaWord } from "#src/domain/formula/formula-words";

/** A machine that Homebrew runs on. */
export interface BrewPlatform {
  os: "macos" | "linux";
  cpu: "intel" | "arm";
}

/** Tells whether a part of a formula counts on a machine. */
export type BrewCondition = (platform: BrewPlatform) => boolean;

const questions = new Map<string, BrewCondition>([
  ["OS.mac?", ({ os }) => os === "macos"],
  ["OS.linux?", ({ os }) => os === "linux"],
  ["Hardware::CPU.arm?", ({ cpu }) => cpu === "arm"],
  ["Hardware::CPU.intel?", ({ cpu }) => cpu === "intel"],
  // All machines that Homebrew still supports are of 64 bits.
  ["Hardware::CPU.is_64_bit?", () => true],
]);

const blocks = new Map<string, BrewCondition>([
  ["on_macos", ({ os }) => os === "macos"],
  ["on_linux", ({ os }) => os === "linux"],
  ["on_arm", ({ cpu }) => cpu === "arm"],
  ["on_intel", ({ cpu }) => cpu === "intel"],
  ["stable", () => true],
]);

/** The condition of a block that belongs to some machines only; undefined for any other block. */
export function blockCondition(name: string): BrewCondition | undefined {
  return blocks.get(name);
}

/** Reads the condition behind `if`: questions about the machine, joined by `&&`, `||`, `!` and parentheses. */
export function readCondition(words: FormulaWord[], line: number): BrewCondition {
  const spelt = spelling(words);
  let at = 0;
  const unknown = (): never => {
    throw new FormulaError(line, `expected a question about the machine such as OS.mac?, found ${spelt.join(" ")}`);
  };
  const either = (): BrewCondition => {
    let found = both();
    while (take("||") || take("or")) {
      const [left, right] = [found, both()];
      found = (platform) => left(platform) || right(platform);
    }
    return found;
  };
  const both = (): BrewCondition => {
    let found = single();
    while (take("&&") || take("and")) {
      const [left, right] = [found, single()];
      found = (platform) => left(platform) && right(platform);
    }
    return found;
  };
  const single = (): BrewCondition => {
    if (take("!") || take("not")) {
      const inner = single();
      return (platform) => !inner(platform);
    }
    if (take("(")) {
      const inner = either();
      return take(")") ? inner : unknown();
    }
    const asked = questions.get(spelt[at] ?? "");
    at += 1;
    return asked ?? unknown();
  };
  const take = (word: string): boolean => {
    const there = spelt[at] === word;
    if (there) at += 1;
    return there;
  };
  const condition = either();
  return at === spelt.length ? condition : unknown();
}

/** Joins what stands around a dot, so that `OS.mac?` is one word. */
function spelling(words: FormulaWord[]): string[] {
  const joined: string[] = [];
  for (const one of words) {
    const word = "word" in one ? one.word : "a text";
    const last = joined.at(-1);
    if (last !== undefined && (word === "." || last.endsWith("."))) joined[joined.length - 1] = last + word;
    else joined.push(word);
  }
  return joined;
}
