import { FormulaError } from "#src/domain/formula/formula-error";
import { type FormulaWord, formulaWords } from "#src/domain/formula/formula-words";

/** One statement of a formula, over as many lines as it takes. */
export interface FormulaStatement {
  line: number;
  indent: string;
  words: FormulaWord[];
}

/** Reads a formula from its beginning: statement by statement, or a whole block that is of no interest. */
export interface FormulaReader {
  /** The next statement; undefined at the end. */
  next(): FormulaStatement | undefined;
  /** Passes over the block that a statement has opened, up to its `end`. */
  skipBlock(opened: FormulaStatement): void;
  /** Tells whether only comments are left, and what follows `__END__`. */
  atEnd(): boolean;
}

interface Line {
  text: string;
  offset: number;
  number: number;
}

const openers = new Set(["(", "[", "{"]);
const closers = new Set([")", "]", "}"]);

/** Reads the lines of a formula. Throws `FormulaError` for what is not laid out as Homebrew's own style has it. */
export function formulaReader(source: string): FormulaReader {
  const lines = linesOf(source);
  let at = 0;
  const next = (): FormulaStatement | undefined => {
    while (lines[at] && isBlank(lines[at]?.text ?? "")) at += 1;
    const first = lines[at];
    if (!first) return undefined;
    let text = first.text;
    let words = formulaWords(text, first.offset, first.number);
    at += 1;
    for (let more = lines[at]; more && isOpen(words); more = lines[at]) {
      text = source.slice(first.offset, more.offset + more.text.length);
      words = formulaWords(text, first.offset, first.number);
      at += 1;
    }
    refuseSeveral(words, first.number);
    if (isOpen(words))
      throw new FormulaError(first.number, "expected the end of the statement, found the end of the file");
    return { line: first.number, indent: /^\s*/.exec(first.text)?.[0] ?? "", words };
  };
  const skipBlock = (opened: FormulaStatement): void => {
    at = endOfBlock(lines, at, opened) + 1;
  };
  const atEnd = () => {
    const rest = lines.slice(at).map(({ text }) => text);
    const stop = rest.indexOf("__END__");
    return rest.slice(0, stop < 0 ? rest.length : stop).every(isBlank);
  };
  return { next, skipBlock, atEnd };
}

function linesOf(source: string): Line[] {
  let offset = 0;
  return source.split("\n").map((text, index) => {
    const line = { text: text.replace(/\r$/, ""), offset, number: index + 1 };
    offset += text.length + 1;
    return line;
  });
}

function isBlank(text: string): boolean {
  return /^\s*(#.*)?$/.test(text);
}

/** What stands behind a semicolon would be a statement of its own, and be passed over with the first. */
function refuseSeveral(words: FormulaWord[], line: number): void {
  const several = words.some((one) => "word" in one && one.word === ";");
  if (several) throw new FormulaError(line, "expected one statement on a line, found several");
}

/** A statement goes on behind a comma and within brackets. */
function isOpen(words: FormulaWord[]): boolean {
  const spelt = words.flatMap((one) => ("word" in one ? [one.word] : []));
  const depth = spelt.filter((word) => openers.has(word)).length - spelt.filter((word) => closers.has(word)).length;
  const last = words.at(-1);
  return depth > 0 || (last !== undefined && "word" in last && last.word === ",");
}

/**
 * Finds the `end` of a block whose code is of no interest: the first one with the indentation of its beginning. All lines
 * between are deeper, and what stands in a here-document is no code.
 */
function endOfBlock(lines: Line[], start: number, { indent, line: opened }: FormulaStatement): number {
  for (let at = start; at < lines.length; at += 1) {
    const { text, number } = lines[at] ?? { text: "", number: 0 };
    if (text.startsWith(`${indent}end`) && /^\s*end\s*(#.*)?$/.test(text)) return at;
    if (text.trim() !== "" && !text.startsWith(`${indent} `) && !text.startsWith(`${indent}\t`)) {
      throw new FormulaError(number, `expected the block of line ${opened} to be indented, found ${text.trim()}`);
    }
    const document = documentIn(lines[at]);
    if (document !== undefined) at = endOfDocument(lines, at + 1, document);
  }
  throw new FormulaError(opened, "expected the end of the block, found the end of the file");
}

/** The word that ends the here-document of a line. One in a comment or in a text opens none. */
function documentIn(line: Line | undefined): string | undefined {
  const openings = /<<[~-]?(["'`]?)([A-Za-z_]\w*)\1/.exec(line?.text ?? "");
  if (!line || !openings) return undefined;
  const opens = formulaWords(line.text, line.offset, line.number).some((one) => "word" in one && /^<</.test(one.word));
  return opens ? openings[2] : undefined;
}

function endOfDocument(lines: Line[], start: number, word: string): number {
  const end = lines.findIndex(({ text }, index) => index >= start && text.trim() === word);
  if (end >= 0) return end;
  throw new FormulaError(start, `expected ${word} at the end of the text, found the end of the file`);
}
