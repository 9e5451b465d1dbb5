import * as z from "zod";
import { duration, identifier, repositoryPath } from "#src/contract/config/fields";
import { GenerationError } from "./generation-error.ts";
import { tableCell } from "./table-cell.ts";

/** A complete configuration of an example project, as its file has it. */
export interface ConfigExample {
  project: string;
  text: string;
}

const nodeSchema = z.object({
  type: z.string().optional(),
  description: z.string().optional(),
  default: z.json().optional(),
  const: z.json().optional(),
  enum: z.array(z.json()).optional(),
  pattern: z.string().optional(),
  format: z.string().optional(),
  minimum: z.number().optional(),
  exclusiveMinimum: z.number().optional(),
  maximum: z.number().optional(),
  required: z.array(z.string()).default([]),
  get properties() {
    return z.record(z.string(), nodeSchema).optional();
  },
  get items() {
    return nodeSchema.optional();
  },
  get oneOf() {
    return z.array(nodeSchema).optional();
  },
  get anyOf() {
    return z.array(nodeSchema).optional();
  },
});

type Node = z.infer<typeof nodeSchema>;

/** A key with its full path, as a row of a table. */
interface Key {
  path: string;
  node: Node;
  required: boolean;
}

/** Writes docs/configuration.md from the JSON Schema of the configuration. Throws `GenerationError` for what it cannot name. */
export function configPage(jsonSchema: object, examples: ConfigExample[]): string {
  const { properties = {} } = nodeSchema.parse(jsonSchema);
  const sections = Object.entries(properties).map(([name, node]) => `## \`${name}\`\n\n${sectionOf(name, node)}`);
  const whole = examples.map(
    ({ project, text }) => `### ${project}\n\n\`\`\`yaml\n${annotated(text, properties)}\`\`\`\n`,
  );
  return [
    "# Configuration",
    "",
    "Generated from `src/contract/config/` by `npm run generate`.",
    "",
    "The file is `.github/seaworthy.yml`. Unknown keys are errors, and every complaint names line, path, what was expected and what was",
    "found. `[]` in a path stands for each member of a list. A key without a default may be left out, unless it is required.",
    "The same as a [JSON Schema](../schemas/seaworthy.schema.json), which editors read from the file's first line.",
    "",
    ...sections,
    "## Complete examples",
    "",
    "These files are rehearsed as they stand; the comment above a section says what it is for.",
    "",
    ...whole,
  ].join("\n");
}

function sectionOf(name: string, node: Node): string {
  const key = { path: name, node, required: false };
  const blocks = [tableOf(rowsOf(key)), ...kindsOf(key)];
  return `${blocks.join("\n\n")}\n`;
}

/** A key and the keys inside it, but not those of its kinds, which have tables of their own. */
function rowsOf(key: Key): Key[] {
  return [key, ...insideOf(bodyOf(key)).flatMap(rowsOf)];
}

function insideOf({ path, node }: Key): Key[] {
  return Object.entries(node.properties ?? {}).map(([name, inner]) => ({
    path: `${path}.${name}`,
    node: inner,
    required: node.required.includes(name),
  }));
}

/** What holds the keys: the member of a list, or the key itself. */
function bodyOf({ path, node, required }: Key): Key {
  return node.items ? { path: `${path}[]`, node: node.items, required } : { path, node, required };
}

/** A table for each kind that a key or a member of a list may have, however deep. */
function kindsOf(key: Key): string[] {
  const body = bodyOf(key);
  const own = alternativesOf(body.node)
    .filter(hasKeys)
    .flatMap((node) => {
      const form = { path: body.path, node, required: false };
      const rows = tableOf(insideOf(form).flatMap(rowsOf));
      return [`### \`${body.path}\` ${formName(form)}`, rows, ...insideOf(form).flatMap(kindsOf)];
    });
  return [...own, ...insideOf(body).flatMap(kindsOf)];
}

function alternativesOf({ oneOf, anyOf }: Node): Node[] {
  return oneOf ?? anyOf ?? [];
}

function hasKeys({ properties }: Node): boolean {
  return properties !== undefined;
}

/** A kind is known by its constant; a form without one by the keys that it cannot be without. */
function formName({ path, node }: Key): string {
  const kind = Object.entries(node.properties ?? {}).find(([, { const: only }]) => only !== undefined);
  if (kind) return `with \`${kind[0]}: ${kind[1].const}\``;
  if (node.required.length === 0) throw new GenerationError(`expected a form of ${path} to need a key, found none`);
  return `with ${node.required.map((name) => `\`${name}\``).join(" and ")}`;
}

function tableOf(keys: Key[]): string {
  const lines = keys.map(({ path, node, required }) =>
    [`\`${path}\``, typeOf(path, node), required ? "required" : defaultOf(node), node.description ?? ""].map(tableCell),
  );
  return [["Key", "Type", "Default", "What it is"], ["---", "---", "---", "---"], ...lines]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}

function defaultOf(node: Node): string {
  if (node.default === undefined) return "none";
  if (node.properties) return "those of its keys";
  return `\`${plain(node.default)}\``;
}

function plain(value: z.core.util.JSONType): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Names the allowed form of a value. */
function typeOf(path: string, node: Node): string {
  if (node.const !== undefined) return `\`${plain(node.const)}\``;
  if (node.enum) return node.enum.map((value) => `\`${plain(value)}\``).join(" or ");
  const alternatives = alternativesOf(node);
  if (alternatives.some(hasKeys)) return "mapping of one of the forms below";
  if (alternatives.length > 0) return alternatives.map((one) => typeOf(path, one)).join(" or ");
  const form = forms[node.type ?? "any"];
  if (!form) throw new GenerationError(`expected a type that the page can name at ${path}, found ${node.type}`);
  return form(node, path);
}

const forms: Record<string, ((node: Node, path: string) => string) | undefined> = {
  any: () => "any JSON value",
  array: ({ items = nodeSchema.parse({}) }, path) =>
    `list of ${typeOf(`${path}[]`, items).replace(/^[a-z]+/, (one) => `${one}s`)}`,
  boolean: () => "`true` or `false`",
  integer: (node) => `whole number${boundsOf(node)}`,
  number: (node) => `number${boundsOf(node)}`,
  object: () => "mapping",
  string: textForm,
};

/** Names the bounds of a number; those that JSON Schema gives every whole number are none. */
function boundsOf({ minimum, maximum, exclusiveMinimum }: Node): string {
  const least = exclusiveMinimum === undefined ? minimum : exclusiveMinimum;
  const from =
    least === undefined || least <= Number.MIN_SAFE_INTEGER
      ? ""
      : exclusiveMinimum === undefined
        ? ` from ${least}`
        : ` above ${least}`;
  const to = maximum === undefined || maximum >= Number.MAX_SAFE_INTEGER ? "" : ` to ${maximum}`;
  return `${from}${to}`;
}

function textForm({ pattern, format }: Node): string {
  if (format === "uri") return "address such as `https://service.example.com`";
  if (pattern === undefined) return "text";
  const [, placeholder] = /\\\{([a-z]+)\\\}/.exec(pattern) ?? [];
  if (placeholder) return `text with \`{${placeholder}}\``;
  return namedPatterns.get(pattern) ?? `text that matches \`${pattern}\``;
}

const namedPatterns = new Map([
  [patternOf(duration()), "duration such as `90s`, `10m` or `2h`"],
  [patternOf(identifier()), "id such as `unit-tests`"],
  [patternOf(repositoryPath()), "path inside the repository"],
]);

function patternOf(field: z.ZodType): string {
  const { pattern } = nodeSchema.parse(z.toJSONSchema(field));
  if (pattern === undefined) throw new GenerationError("expected a field with a pattern, found none");
  return pattern;
}

/** Puts what a section is for above it. */
function annotated(text: string, sections: Record<string, Node>): string {
  return text.replace(/^([a-z][a-z-]*):/gm, (line, name: string) => {
    const about = sections[name]?.description;
    return about ? `# ${about}\n${line}` : line;
  });
}
