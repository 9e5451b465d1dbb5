/** Expands a `strategy` into the legs of a job. */
import { isDeepStrictEqual } from "node:util";
import { asText, evaluateTemplate, type Scope } from "./expressions.ts";
import { isObject, type Json, type JsonObject } from "./json.ts";
import { field, type Template } from "./template.ts";

/** One leg; a job without a matrix is one leg without values. */
export interface Leg {
  matrix: JsonObject | null;
  strategy: { "fail-fast": boolean; "job-index": number; "job-total": number; "max-parallel": number };
}

/** The largest matrix that GitHub accepts. */
const legLimit = 256;

/** Expands the strategy of a job. Throws an `Error` for a matrix without legs, with too many, or of another shape. */
export function expandStrategy(strategy: Template | undefined, scope: Scope): Leg[] {
  const matrix = field(strategy, "matrix");
  const combinations = matrix ? expandMatrix(evaluateTemplate(matrix, scope)) : [null];
  if (combinations.length === 0) throw new Error("Matrix vector does not contain any values");
  if (combinations.length > legLimit) {
    throw new Error(`The matrix has ${combinations.length} legs; GitHub accepts ${legLimit} at most`);
  }
  const failFast = evaluateTemplate(field(strategy, "fail-fast"), scope) !== false;
  const maxParallel = evaluateTemplate(field(strategy, "max-parallel"), scope);
  return combinations.map((values, index) => ({
    matrix: values,
    strategy: {
      "fail-fast": failFast,
      "job-index": index,
      "job-total": combinations.length,
      "max-parallel": typeof maxParallel === "number" && maxParallel > 0 ? maxParallel : combinations.length,
    },
  }));
}

/** Expands vectors, then takes away by `exclude`, then adds by `include`. */
export function expandMatrix(matrix: Json): JsonObject[] {
  if (!isObject(matrix)) throw new Error("a matrix must be a mapping of lists");
  const { include, exclude, ...vectors } = matrix;
  const kept = product(vectors).filter((one) => !filters(exclude, "exclude").some((filter) => covers(one, filter)));
  const combinations = kept.map((original) => ({ original, values: { ...original } }));
  const added: JsonObject[] = [];
  for (const entry of filters(include, "include")) {
    const hosts = combinations.filter(({ original }) => !overwrites(original, entry));
    for (const host of hosts) Object.assign(host.values, entry);
    if (hosts.length === 0) added.push(entry);
  }
  return [...combinations.map(({ values }) => values), ...added];
}

function product(vectors: JsonObject): JsonObject[] {
  const named = Object.entries(vectors);
  if (named.length === 0) return [];
  return named.reduce<JsonObject[]>(
    (combinations, [key, vector]) => {
      if (!Array.isArray(vector)) throw new Error(`matrix.${key} must be a list`);
      return combinations.flatMap((one) => vector.map((value) => ({ ...one, [key]: value })));
    },
    [{}],
  );
}

function filters(value: Json | undefined, name: string): JsonObject[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value) || !value.every(isObject)) throw new Error(`matrix.${name} must be a list of mappings`);
  return value;
}

function covers(combination: JsonObject, filter: JsonObject): boolean {
  return Object.entries(filter).every(([key, value]) => isDeepStrictEqual(combination[key], value));
}

function overwrites(original: JsonObject, entry: JsonObject): boolean {
  return Object.entries(entry).some(([key, value]) => key in original && !isDeepStrictEqual(original[key], value));
}

/** Writes the values of a leg as they stand in a job's name: `unit, 24`. */
export function legName(matrix: JsonObject): string {
  const leaves = (value: Json): string[] => {
    if (Array.isArray(value)) return value.flatMap(leaves);
    return isObject(value) ? Object.values(value).flatMap(leaves) : [asText(value)];
  };
  return leaves(matrix).join(", ");
}
