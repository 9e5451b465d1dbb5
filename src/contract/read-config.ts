import { type Document, isNode, LineCounter, parseDocument } from "yaml";
import { type Config, configSchema } from "#src/contract/config/schema";
import { complaintsOf, formatPath } from "#src/contract/config-complaints";
import { selfReference } from "#src/contract/self-reference";
import { Failure } from "#src/domain/failure";

/** Path of the configuration file, unless an input says otherwise. */
export const defaultConfigPath = ".github/seaworthy.yml";

/**
 * Reads the configuration file (`text` is undefined where there is none). Throws `all.config-invalid` with every
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
  const parsed = configSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw invalid(
    file,
    complaintsOf(parsed.error, { schema: configSchema, value }).map(({ path, expected, found, meant }) => {
      const hint = meant ? ` (did you mean ${meant}?)` : "";
      return `line ${lineOf(document, lines, path)}: ${formatPath(path)}: expected ${expected}, found ${found}${hint}`;
    }),
  );
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
