import { GenerationError } from "./generation-error.ts";

/** Insists that every property of a JSON Schema, however deep, says what it is. Throws with all that do not. */
export function insistOnDescriptions(schema: unknown, name: string): void {
  const silent = undescribed(schema, name);
  if (silent.length > 0) throw new GenerationError(`expected a description of ${silent.join(", ")}, found none`);
}

function undescribed(schema: unknown, path: string): string[] {
  if (Array.isArray(schema)) return schema.flatMap((each) => undescribed(each, path));
  if (typeof schema !== "object" || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]) =>
    key === "properties" && typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([property, inner]) => [
          ...(isDescribed(inner) ? [] : [`${path}.${property}`]),
          ...undescribed(inner, `${path}.${property}`),
        ])
      : undescribed(value, path),
  );
}

function isDescribed(schema: unknown): boolean {
  return typeof schema === "object" && schema !== null && "description" in schema;
}
