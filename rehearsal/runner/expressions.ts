/** Evaluates expressions and templates with GitHub's own evaluator. */
import type { Parser as ParserType } from "@actions/expressions";
import type { Json } from "./json.ts";
import { data, Evaluator, Lexer, Parser } from "./official.ts";
import { entriesOf, type Template } from "./template.ts";

type Data = ReturnType<InstanceType<typeof Evaluator>["evaluate"]>;
type FunctionInfo = ConstructorParameters<typeof ParserType>[2][number];

/** What an expression may see: contexts by name, and functions beyond the built-in ones. */
export interface Scope {
  contexts: Record<string, Json>;
  functions?: Record<string, (args: Json[]) => Json>;
}

const contextNames = "github needs strategy matrix inputs vars secrets steps job jobs runner env".split(" ");

/** Evaluates one expression. Throws an `Error` for an unknown name or function, and for a value that is not JSON in `fromJSON`. */
function evaluate(expression: string, scope: Scope): Json {
  return fromData(evaluateData(expression, scope));
}

/** Decides a condition as `if` does: 0, "", null and false are false. */
export function evaluateCondition(expression: string, scope: Scope): boolean {
  const value = evaluate(expression, scope);
  return value !== false && value !== null && value !== 0 && value !== "";
}

/** Evaluates a whole tree. A text that is one expression keeps its type. */
export function evaluateTemplate(template: Template | undefined, scope: Scope): Json {
  if (!template) return null;
  if (template.kind === "value") return template.value;
  if (template.kind === "list") return template.items.map((item) => evaluateTemplate(item, scope));
  if (template.kind === "map") {
    return Object.fromEntries(template.entries.map(({ key, value }) => [key, evaluateTemplate(value, scope)]));
  }
  const [first] = template.parts;
  if (template.parts.length === 1 && first !== undefined) {
    return typeof first === "string" ? first : located(template, () => evaluate(first.expression, scope));
  }
  return evaluateText(template, scope);
}

/** Evaluates a scalar to text, the way the runner coerces values. */
export function evaluateText(template: Template | undefined, scope: Scope): string {
  if (template?.kind === "value") return template.value === null ? "" : String(template.value);
  if (template?.kind !== "text") return asText(evaluateTemplate(template, scope));
  return located(template, () =>
    template.parts
      .map((part) => (typeof part === "string" ? part : evaluateData(part.expression, scope).coerceString()))
      .join(""),
  );
}

/** Evaluates a mapping of texts, such as `env` or `with`. */
export function evaluateTexts(template: Template | undefined, scope: Scope): Record<string, string> {
  return Object.fromEntries(entriesOf(template).map(({ key, value }) => [key, evaluateText(value, scope)]));
}

/** Coerces a value to text as expressions do. */
export function asText(value: Json): string {
  return toData(value).coerceString();
}

function evaluateData(expression: string, scope: Scope): Data {
  const functions = Object.entries(scope.functions ?? {});
  const infos: FunctionInfo[] = functions.map(([name]) => ({ name, minArgs: 0, maxArgs: 255 }));
  const tree = new Parser(new Lexer(expression).lex().tokens, contextNames, infos).parse();
  const contexts = new data.Dictionary(
    ...contextNames.map((key) => ({ key, value: toData(scope.contexts[key] ?? null) })),
  );
  const definitions = new Map(
    functions.map(([name, call]) => [
      name.toLowerCase(),
      { name, minArgs: 0, maxArgs: 255, call: (...args: Data[]) => toData(call(args.map(fromData))) },
    ]),
  );
  return new Evaluator(tree, contexts, definitions).evaluate();
}

function located<Value>(template: Template, work: () => Value): Value {
  try {
    return work();
  } catch (cause) {
    const because = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`line ${template.line}: ${because}`, { cause });
  }
}

function toData(value: Json): Data {
  if (value === null) return new data.Null();
  if (typeof value === "string") return new data.StringData(value);
  if (typeof value === "number") return new data.NumberData(value);
  if (typeof value === "boolean") return new data.BooleanData(value);
  if (Array.isArray(value)) return new data.Array(...value.map(toData));
  return new data.Dictionary(...Object.entries(value).map(([key, item]) => ({ key, value: toData(item) })));
}

function fromData(value: Data): Json {
  switch (value.kind) {
    case data.Kind.String:
    case data.Kind.Number:
    case data.Kind.Boolean:
      return value.value;
    case data.Kind.Array:
      return value.values().map(fromData);
    case data.Kind.Dictionary:
      return Object.fromEntries(value.pairs().map(({ key, value: item }) => [key, fromData(item)]));
    default:
      return null;
  }
}
