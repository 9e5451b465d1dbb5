import * as z from "zod";

/** Lists the keys that a schema knows at a path; `value` chooses between the kinds of a union. Empty where it holds no keys. */
export function keysAt(schema: unknown, path: readonly PropertyKey[], value: unknown): string[] {
  return [...new Set(objectsAt(schema, path, value).flatMap((object) => Object.keys(object.shape)))];
}

/** Lists the values that a union of kinds tells its members apart by, at the path of the telling key. */
export function kindsAt(schema: unknown, path: readonly PropertyKey[], key: string): string[] {
  const members = objectsAt(schema, path, undefined);
  return members.flatMap((object) => {
    const kind = object.shape[key];
    return kind instanceof z.ZodLiteral ? [...kind.values].map(String) : [];
  });
}

/** Reads what a value holds at a path; undefined where there is nothing. */
export function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((held, key) => (isRecord(held) ? held[String(key)] : undefined), value);
}

function objectsAt(schema: unknown, path: readonly PropertyKey[], value: unknown): z.ZodObject[] {
  const bare = unwrapped(schema);
  if (bare instanceof z.ZodUnion)
    return fitting(bare.options, value).flatMap((option) => objectsAt(option, path, value));
  const [key, ...rest] = path;
  if (key === undefined) return bare instanceof z.ZodObject ? [bare] : [];
  const inner =
    bare instanceof z.ZodObject ? bare.shape[String(key)] : bare instanceof z.ZodArray ? bare.element : undefined;
  return inner === undefined ? [] : objectsAt(inner, rest, valueAt(value, [key]));
}

function unwrapped(schema: unknown): unknown {
  const wrapped = schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional;
  return wrapped ? unwrapped(schema.unwrap()) : schema;
}

/** The members of a union that a value's own `kind` chooses; all of them where it chooses none. */
function fitting(options: readonly unknown[], value: unknown): readonly unknown[] {
  const kind = valueAt(value, ["kind"]);
  const chosen = options.filter(
    (option) => option instanceof z.ZodObject && option.shape.kind?.safeParse(kind).success,
  );
  return chosen.length > 0 ? chosen : options;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
