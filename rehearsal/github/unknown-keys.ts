import * as z from "zod";
import type { Schema } from "./openapi.ts";

const node = z.looseObject({
  $ref: z.string().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  additionalProperties: z.unknown().optional(),
  items: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
  allOf: z.array(z.unknown()).optional(),
});
type Node = z.infer<typeof node>;

/**
 * Lists the keys of a value that no branch of its schema names, as paths.
 * Most of GitHub's schemas allow any property, so a misspelt one would pass a validator.
 */
export function unknownKeys(value: unknown, schema: unknown, schemas: Readonly<Record<string, Schema>>): string[] {
  return walk(value, [schema], "");

  function walk(part: unknown, candidates: readonly unknown[], path: string): string[] {
    const branches = candidates.flatMap((one) => flatten(one));
    if (Array.isArray(part)) {
      const items = branches.flatMap((one) => (one.items === undefined ? [] : [one.items]));
      return items.length === 0 ? [] : part.flatMap((one, at) => walk(one, items, `${path}[${at}]`));
    }
    const record = z.record(z.string(), z.unknown()).safeParse(part);
    if (!record.success) return [];
    return Object.entries(record.data).flatMap(([key, inner]) => walkKey(key, inner, branches, path));
  }

  function walkKey(key: string, inner: unknown, branches: readonly Node[], path: string): string[] {
    const at = path === "" ? key : `${path}.${key}`;
    const own = branches.flatMap((one) => (one.properties && key in one.properties ? [one.properties[key]] : []));
    if (own.length > 0) return walk(inner, own, at);
    const rest = branches.map((one) => one.additionalProperties).filter((one) => typeof one === "object");
    if (rest.length > 0) return walk(inner, rest, at);
    return branches.some((one) => one.properties !== undefined) ? [at] : [];
  }

  /** A schema and everything it is composed of; references are followed. */
  function flatten(schema: unknown): Node[] {
    const parsed = node.safeParse(schema);
    if (!parsed.success) return [];
    const { $ref, anyOf = [], oneOf = [], allOf = [] } = parsed.data;
    const referred = $ref === undefined ? [] : [schemas[$ref.replace("github#/schemas/", "")]];
    return [parsed.data, ...[...referred, ...anyOf, ...oneOf, ...allOf].flatMap((one) => flatten(one))];
  }
}
