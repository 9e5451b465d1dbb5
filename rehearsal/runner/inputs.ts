/** Types the inputs of a dispatched or called workflow. */

import { nearestInAnyCase } from "#src/domain/nearest";
import { asText, evaluateTemplate, type Scope } from "./expressions.ts";
import type { Json, JsonObject } from "./json.ts";
import { type Entry, entriesOf, field, itemsOf, sourceText, type Template } from "./template.ts";

/** An input as its workflow declares it. */
export interface InputDeclaration {
  id: string;
  type: string;
  required: boolean;
  default: Template | undefined;
  options: string[];
}

/** Lists the inputs that a trigger declares. */
export function declaredInputs(trigger: Template | undefined): InputDeclaration[] {
  return entriesOf(field(trigger, "inputs")).map(({ key, value }) => ({
    id: key,
    type: sourceText(field(value, "type")) ?? "string",
    required: sourceText(field(value, "required")) === "true",
    default: field(value, "default"),
    options: itemsOf(field(value, "options")).map((item) => sourceText(item) ?? ""),
  }));
}

/** Finds a trigger in any of the three forms of `on`; the short forms have an empty body. */
export function triggerOf(on: Template | undefined, event: string): Template | undefined {
  const none: Template = { kind: "value", value: null, line: on?.line ?? 1 };
  if (on?.kind === "text") return sourceText(on) === event ? none : undefined;
  if (on?.kind === "list") return on.items.some((item) => sourceText(item) === event) ? none : undefined;
  return entriesOf(on).find((entry: Entry) => entry.key === event)?.value;
}

/** Gives every declared input its value: given, default or the empty value of its type. Complaints name the input. */
export function typedInputs(
  declared: InputDeclaration[],
  given: JsonObject,
  scope: Scope,
): { inputs: JsonObject; complaints: string[] } {
  const complaints = undeclaredInputs(declared, given);
  const inputs: JsonObject = {};
  for (const input of declared) {
    const raw = given[input.id] ?? evaluateTemplate(input.default, scope);
    if (raw === null && input.required)
      complaints.push(`Input ${input.id} is required, but not provided while calling.`);
    const value = typed(input, raw);
    if (value === undefined) complaints.push(`Input ${input.id} must be ${expected(input)}, found '${asText(raw)}'.`);
    inputs[input.id] = value ?? null;
  }
  return { inputs, complaints };
}

/** Words what is given without being declared, with the name that was probably meant. */
export function undeclaredInputs(declared: { id: string }[], given: JsonObject): string[] {
  return undeclared(declared, given).map((id) => {
    const names = declared.map((input) => input.id);
    const meant = nearestInAnyCase(id, names, Math.min(2, Math.floor(id.length / 3)));
    const hint = meant === undefined ? "" : ` Did you mean '${meant}'?`;
    const known = names.length === 0 ? "It has no inputs." : `Its inputs are ${names.join(", ")}.`;
    return `Invalid input, ${id} is not defined in the referenced workflow.${hint} ${known}`;
  });
}

/** Lists what is given without being declared. */
export function undeclared(declared: { id: string }[], given: JsonObject): string[] {
  return Object.keys(given).filter((id) => !declared.some((input) => input.id.toLowerCase() === id.toLowerCase()));
}

function typed({ type, options }: InputDeclaration, raw: Json): Json | undefined {
  if (type === "boolean") return raw === null || raw === "" ? false : booleanOf(raw);
  if (type === "number") return raw === null || raw === "" ? 0 : numberOf(raw);
  const text = raw === null ? "" : asText(raw);
  return type === "choice" && text !== "" && !options.includes(text) ? undefined : text;
}

function booleanOf(raw: Json): boolean | undefined {
  if (typeof raw === "boolean") return raw;
  return raw === "true" ? true : raw === "false" ? false : undefined;
}

function numberOf(raw: Json): number | undefined {
  const number = typeof raw === "string" ? Number(raw) : raw;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}

function expected({ type, options }: InputDeclaration): string {
  return type === "choice" ? `one of ${options.join(", ")}` : `a ${type}`;
}
