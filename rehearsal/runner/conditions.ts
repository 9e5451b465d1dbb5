/** Reads conditions: an `if` without a status function holds only after success. */
import { Lexer } from "./official.ts";
import { sourceText, type Template } from "./template.ts";

const statusFunctions = new Set(["success", "failure", "cancelled", "always"]);

/** Reads an `if` as one expression, with the `success() &&` that it has unless it calls a status function. */
export function conditionOf(template: Template | undefined): string {
  const expression = plainCondition(template);
  if (expression === undefined) return "success()";
  return callsStatusFunction(expression) ? expression : `success() && (${expression})`;
}

/** Reads an `if` as it stands; `undefined` when there is none. */
export function plainCondition(template: Template | undefined): string | undefined {
  if (template?.kind !== "text") return sourceText(template) || undefined;
  const [first] = template.parts;
  if (template.parts.length === 1 && typeof first === "object") return first.expression;
  if (template.parts.every((part) => typeof part === "string")) return template.parts.join("").trim() || undefined;
  return compiled(template.parts);
}

/** Text around an expression makes the whole a text, as GitHub's parser does; and a text that is not empty is true. */
function compiled(parts: (string | { expression: string })[]): string {
  const values: string[] = [];
  const pattern = parts.map((part) => {
    if (typeof part === "string") return part.replace(/[{}]/g, "$&$&").replaceAll("'", "''");
    values.push(part.expression);
    return `{${values.length - 1}}`;
  });
  return `format('${pattern.join("")}', ${values.join(", ")})`;
}

function callsStatusFunction(expression: string): boolean {
  const { tokens } = new Lexer(expression).lex();
  return tokens.some((token, at) => statusFunctions.has(token.lexeme.toLowerCase()) && tokens[at + 1]?.lexeme === "(");
}
