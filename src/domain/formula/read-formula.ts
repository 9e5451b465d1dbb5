import { type BrewCondition, blockCondition, readCondition } from "#src/domain/formula/formula-condition";
import { FormulaError } from "#src/domain/formula/formula-error";
import { type FormulaReader, type FormulaStatement, formulaReader } from "#src/domain/formula/formula-lines";
import { refuseCalls } from "#src/domain/formula/formula-values";
import type { FormulaText, FormulaWord } from "#src/domain/formula/formula-words";

/** What a formula sets: a field with its value, wherever the conditions around it hold. */
export interface FormulaSetting {
  field: "version" | "url" | "sha256";
  value: FormulaText;
  conditions: BrewCondition[];
  line: number;
}

/** A statement by which a formula turns users away, wherever the conditions around it hold. */
export interface FormulaWithdrawal {
  state: "deprecated" | "disabled";
  conditions: BrewCondition[];
}

/** A formula that was read in full. */
export interface Formula {
  /** Name of its class, such as `TideTable`. */
  name: string;
  settings: FormulaSetting[];
  withdrawals: FormulaWithdrawal[];
}

/** Statements that say nothing of what is downloaded. */
const harmless = new Set([
  "caveats",
  "conflicts_with",
  "depends_on",
  "desc",
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
const withdrawing = new Map<string, FormulaWithdrawal["state"]>([
  ["deprecate!", "deprecated"],
  ["disable!", "disabled"],
]);
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
  const found: Found = { settings: [], withdrawals: [] };
  const last = readBody({ reader, conditions: [], found });
  if (last !== "end") throw new FormulaError(1, "expected end of the class, found the end of the file");
  if (!reader.atEnd()) throw new FormulaError(1, "expected nothing behind the class, found more");
  return { name, ...found };
}

type Ending = "end" | { branch: FormulaStatement } | undefined;

/** Reads statements up to the `end`, `elsif` or `else` that closes them. */
function readBody(place: Place): Ending {
  const { reader } = place;
  for (let statement = reader.next(); statement; statement = reader.next()) {
    const first = spellingOf(statement.words[0]);
    if (first === "end" && statement.words.length === 1) return "end";
    if (first === "elsif" || first === "else") return { branch: statement };
    readStatement(statement, place);
  }
  return undefined;
}

type Found = Pick<Formula, "settings" | "withdrawals">;

interface Place {
  reader: FormulaReader;
  conditions: BrewCondition[];
  found: Found;
}

function readStatement(statement: FormulaStatement, place: Place): void {
  const { words, line } = statement;
  const first = spellingOf(words[0]);
  const opens = opensBlock(words);
  const block = blockCondition(first);
  if (first === "if") readBranches(statement, place);
  else if (block && opens && words.length === 2) readInside(statement, place, block);
  else if (first === "def") passOver(statement, place);
  else if (fields.has(first) && !opens) place.found.settings.push(readSetting(statement, place.conditions));
  else if (harmless.has(first) || withdrawing.has(first)) passOverValues(statement, place);
  else if (isTable(words)) refuseCalls(withoutFreeze(words), line);
  else throw new FormulaError(line, `expected a statement of a formula, found ${first}${whyNot(first)}`);
}

function passOverValues(statement: FormulaStatement, { reader, conditions, found }: Place): void {
  const { words, line } = statement;
  refuseCalls(words, line);
  const state = withdrawing.get(spellingOf(words[0]));
  if (state) found.withdrawals.push({ state, conditions });
  if (opensBlock(words)) reader.skipBlock(statement);
}

function readInside({ line }: FormulaStatement, place: Place, own: BrewCondition): void {
  const ending = readBody({ ...place, conditions: [...place.conditions, own] });
  if (ending !== "end") throw new FormulaError(line, "expected end of the block, found another word");
}

/** Reads `if` with all its branches: each holds where its own condition does, and none before it. */
function readBranches(opened: FormulaStatement, place: Place): void {
  const earlier: BrewCondition[] = [];
  let branch = opened;
  for (;;) {
    const isElse = spellingOf(branch.words[0]) === "else";
    const own = isElse ? () => true : readCondition(branch.words.slice(1), branch.line);
    const before = [...earlier];
    const holds: BrewCondition = (platform) => !before.some((one) => one(platform)) && own(platform);
    const ending = readBody({ ...place, conditions: [...place.conditions, holds] });
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
  if (name === "self") throw new FormulaError(line, "expected a method of what is installed, found def self");
  if (fields.has(name) || whole) throw new FormulaError(line, `expected a method of its own lines, found def ${name}`);
  reader.skipBlock(statement);
}

/** A constant that holds a table, as release tools write one for the code of `install`. It may not take the place of Homebrew's. */
function isTable([name, equals, bracket]: FormulaWord[]): boolean {
  const isName = /^(?!OS$)[A-Z][A-Z0-9_]*$/.test(spellingOf(name));
  return isName && spellingOf(equals) === "=" && ["{", "["].includes(spellingOf(bracket));
}

function withoutFreeze(words: FormulaWord[]): FormulaWord[] {
  const freezes = words.slice(-2).map(spellingOf).join("") === ".freeze";
  return freezes ? words.slice(0, -2) : words;
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

function whyNot(word: string): string {
  if (word === "bottle") return ": users would get a bottle, and not what was built";
  return word === "arch" || word === "os" ? ", which casks know, and formulae do not" : "";
}

function spellingOf(word: FormulaWord | undefined): string {
  if (!word) return "";
  return "word" in word ? word.word : "a text";
}
