import { type BrewCondition, blockCondition, readCondition } from "#src/domain/formula/formula-condition";
import { FormulaError } from "#src/domain/formula/formula-error";
import { type FormulaReader, type FormulaStatement, formulaReader } from "#src/domain/formula/formula-lines";
import type { FormulaText, FormulaWord } from "#src/domain/formula/formula-words";

/** What a formula sets: a field with its value, wherever the conditions around it hold. */
export interface FormulaSetting {
  field: "version" | "url" | "sha256";
  value: FormulaText;
  conditions: BrewCondition[];
  line: number;
}

/** A formula that was read in full. */
export interface Formula {
  /** Name of its class, such as `TideTable`. */
  name: string;
  settings: FormulaSetting[];
}

/** Statements that say nothing of what is downloaded. */
const harmless = new Set([
  "caveats",
  "conflicts_with",
  "depends_on",
  "deprecate!",
  "desc",
  "disable!",
  "fails_with",
  "head",
  "homepage",
  "include",
  "keg_only",
  "license",
  "link_overwrite",
  "livecheck",
  "mirror",
  "no_autobump!",
  "option",
  "plist_options",
  "resource",
  "revision",
  "service",
  "skip_clean",
  "test",
  "uses_from_macos",
  "version_scheme",
]);

/** Options of `url` that leave what is downloaded as it is. */
const harmlessOptions = new Set(["verified"]);
const fields = new Set<string>(["version", "url", "sha256"]);

/**
 * Reads a formula of the subset of Ruby that formulae of built programs are written in: class, fields, blocks and conditions
 * by machine, and code that is passed over. Throws `FormulaError` for anything outside of it: nothing is guessed.
 */
export function readFormula(source: string): Formula {
  const reader = formulaReader(source);
  const opening = reader.next();
  const spelt = opening?.words.map(spellingOf).join(" ") ?? "";
  const [, name] = /^class ([A-Z]\w*) < Formula$/.exec(spelt) ?? [];
  if (name === undefined)
    throw new FormulaError(opening?.line ?? 1, `expected class … < Formula, found ${spelt || "nothing"}`);
  const settings: FormulaSetting[] = [];
  const last = readBody(reader, [], settings);
  if (last !== "end") throw new FormulaError(1, "expected end of the class, found the end of the file");
  if (!reader.atEnd()) throw new FormulaError(1, "expected nothing behind the class, found more");
  return { name, settings };
}

type Ending = "end" | { branch: FormulaStatement } | undefined;

/** Reads statements up to the `end`, `elsif` or `else` that closes them. */
function readBody(reader: FormulaReader, conditions: BrewCondition[], settings: FormulaSetting[]): Ending {
  for (let statement = reader.next(); statement; statement = reader.next()) {
    const first = spellingOf(statement.words[0]);
    if (first === "end" && statement.words.length === 1) return "end";
    if (first === "elsif" || first === "else") return { branch: statement };
    readStatement(statement, { reader, conditions, settings });
  }
  return undefined;
}

interface Place {
  reader: FormulaReader;
  conditions: BrewCondition[];
  settings: FormulaSetting[];
}

function readStatement(statement: FormulaStatement, place: Place): void {
  const { words, line } = statement;
  const first = spellingOf(words[0]);
  const opens = opensBlock(words);
  const block = blockCondition(first);
  if (first === "if") readBranches(statement, place);
  else if (block && opens && words.length === 2) readInside(statement, place, block);
  else if (first === "def") passOver(statement, place);
  else if (fields.has(first) && !opens) place.settings.push(readSetting(statement, place.conditions));
  else if (harmless.has(first)) {
    refuseText(words, line);
    if (opens) place.reader.skipBlock(statement);
  } else throw new FormulaError(line, `expected a statement of a formula, found ${first}${whyNot(first)}`);
}

function readInside({ line }: FormulaStatement, { reader, conditions, settings }: Place, own: BrewCondition): void {
  const ending = readBody(reader, [...conditions, own], settings);
  if (ending !== "end") throw new FormulaError(line, "expected end of the block, found another word");
}

/** Reads `if` with all its branches: each holds where its own condition does, and none before it. */
function readBranches(opened: FormulaStatement, { reader, conditions, settings }: Place): void {
  const earlier: BrewCondition[] = [];
  let branch = opened;
  for (;;) {
    const isElse = spellingOf(branch.words[0]) === "else";
    const own = isElse ? () => true : readCondition(branch.words.slice(1), branch.line);
    const before = [...earlier];
    const holds: BrewCondition = (platform) => !before.some((one) => one(platform)) && own(platform);
    const ending = readBody(reader, [...conditions, holds], settings);
    if (ending === "end") return;
    if (!ending || isElse) throw new FormulaError(branch.line, "expected end of the condition, found another word");
    earlier.push(own);
    branch = ending.branch;
  }
}

function passOver(statement: FormulaStatement, { reader }: Place): void {
  const { words, line } = statement;
  const name = spellingOf(words[1]);
  const whole = words.some((one) => ["=", ";"].includes(spellingOf(one)));
  if (fields.has(name) || whole) throw new FormulaError(line, `expected a method of its own lines, found def ${name}`);
  reader.skipBlock(statement);
}

/** Reads `url "…"` and its kin. What follows the text may not change what is downloaded. */
function readSetting({ words, line }: FormulaStatement, conditions: BrewCondition[]): FormulaSetting {
  const [first, value, ...rest] = words;
  const field = spellingOf(first);
  if (!value || !("text" in value) || !isField(field)) {
    throw new FormulaError(line, `expected a text behind ${field}, found ${spellingOf(value) || "nothing"}`);
  }
  const option = spellingOf(rest[1]).replace(/:$/, "");
  const known = rest.length === 0 || (field === "url" && rest.length === 3 && harmlessOptions.has(option));
  if (!known)
    throw new FormulaError(
      line,
      `expected nothing behind the text of ${field}, found ${rest.map(spellingOf).join(" ")}`,
    );
  return { field, value: value.text, conditions, line };
}

function isField(word: string): word is FormulaSetting["field"] {
  return fields.has(word);
}

function opensBlock(words: FormulaWord[]): boolean {
  const spelt = words.map(spellingOf).join(" ");
  return /(^| )do( \| [^|]* \|)?$/.test(spelt);
}

/** A here-document would go on behind its line, and its lines are no statements. */
function refuseText(words: FormulaWord[], line: number): void {
  const document = words.map(spellingOf).find((word) => word.startsWith("<<"));
  if (document !== undefined) throw new FormulaError(line, "expected a statement without a here-document, found one");
}

function whyNot(word: string): string {
  return word === "bottle" ? ": users would get a bottle, and not what was built" : "";
}

function spellingOf(word: FormulaWord | undefined): string {
  if (!word) return "";
  return "word" in word ? word.word : "a text";
}
