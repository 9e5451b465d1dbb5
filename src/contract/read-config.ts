import { type Document, isNode, LineCounter, parseDocument } from "yaml";
import { type Config, configSchema } from "#src/contract/config/schema";
import { type ConfigComplaint, complaintsOf, formatPath } from "#src/contract/config-complaints";
import { mergePreset, ownPath } from "#src/contract/merge-preset";
import { weakenings } from "#src/contract/preset-floor";
import { presets } from "#src/contract/presets";
import { valueAt } from "#src/contract/schema-keys";
import { selfReference } from "#src/contract/self-reference";
import { Failure } from "#src/domain/failure";

/** Path of the configuration file, unless an input says otherwise. */
export const defaultConfigPath = ".github/seaworthy.yml";

/**
 * Reads the configuration file (`text` is undefined where there is none), laid over the preset that it names. Throws `all.config-invalid` with every
 * complaint at once: line, path, what was expected, what was found, and the nearest known key.
 */
export function readConfig(text: string | undefined, file: string): Config {
  if (text === undefined) throw invalid(file, ["expected the configuration file in the released commit, found none"]);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, prettyErrors: false });
  const broken = [...document.errors, ...document.warnings].map(({ pos, message }) => {
    const { line, col } = lines.linePos(pos[0]);
    return `line ${line}, column ${col}: ${message}`;
  });
  if (broken.length > 0) throw invalid(file, broken);

  const { value, cycle } = plainValue(document, file);
  if (cycle) {
    const where = `line ${lineOf(document, lines, cycle)}: ${formatPath(cycle)}`;
    throw invalid(file, [`${where}: expected a value without itself, found an alias to what it stands in`]);
  }
  const preset = presetOf(value);
  const merged = preset ? mergePreset(preset, value) : value;
  const weakened = weakenings(preset, value).map(
    (complaint) =>
      `line ${lineOf(document, lines, complaint.path)}: ${sentence(complaint, formatPath(complaint.path))}`,
  );
  const parsed = configSchema.safeParse(merged);
  if (parsed.success && weakened.length === 0) return parsed.data;
  if (parsed.success) throw invalid(file, weakened);
  const complaints = complaintsOf(parsed.error, { schema: configSchema, value: merged });
  const told = complaints.filter(({ path }) => path[0] === "preset");
  const source = { document, lines, value, merged };
  throw invalid(
    file,
    // Under a preset that nobody knows, all other complaints are but its consequences.
    [...weakened, ...(told.length > 0 ? told : complaints).map((complaint) => inWords(complaint, source))],
  );
}

/** What was read, as it stands in the file and over its preset. */
interface Source {
  document: Document;
  lines: LineCounter;
  value: unknown;
  merged: unknown;
}

function presetOf(value: unknown): unknown {
  const [, preset] = Object.entries(presets).find(([name]) => name === valueAt(value, ["preset"])) ?? [];
  return preset?.config;
}

function sentence({ expected, found, meant }: ConfigComplaint, where: string): string {
  return `${where}: expected ${expected}, found ${found}${meant ? ` (did you mean ${meant}?)` : ""}`;
}

function inWords(complaint: ConfigComplaint, source: Source): string {
  const { path } = complaint;
  const { document, lines, value, merged } = source;
  const own = ownPath(path, merged, value);
  const open = ` of the preset ${String(valueAt(value, ["preset"]))}`;
  const [line, where] = own.whole
    ? [lineOf(document, lines, own.path), formatPath(own.path)]
    : [lineOf(document, lines, ["preset"]), formatPath(byId(path, merged)) + open];
  return `line ${line}: ${sentence(complaint, where)}`;
}

/** Names the members of lists by their ids, where they have one: the file itself does not count them. */
function byId(path: readonly PropertyKey[], merged: unknown): PropertyKey[] {
  return path.map((key, depth) => {
    const id = typeof key === "number" ? valueAt(merged, [...path.slice(0, depth + 1), "id"]) : undefined;
    return typeof id === "string" ? `[${id}]` : key;
  });
}

/** Resolves aliases; the package refuses those that would grow without bound, and lets pass what contains itself. */
function plainValue(document: Document, file: string): { value: unknown; cycle: PropertyKey[] | undefined } {
  try {
    const value: unknown = document.toJS();
    return { value, cycle: selfReference(value) };
  } catch (error) {
    throw invalid(file, [error instanceof Error ? error.message : String(error)]);
  }
}

/** Finds the line of what stands at a path, or of the nearest thing around it. */
function lineOf(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const node = document.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}

function invalid(file: string, complaints: string[]): Failure {
  return new Failure({
    kind: "input",
    code: "all.config-invalid",
    message: [`${file}:`, ...complaints].join("\n"),
    hint: `Correct ${file}. docs/configuration.md of the suite lists every key with its type and default; an editor that reads the schema named in the file's first line completes and checks them.`,
  });
}
