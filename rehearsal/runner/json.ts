/** A value as JSON knows it: what contexts, inputs and outputs of a workflow are made of. */
export type Json = null | boolean | number | string | Json[] | JsonObject;

/** A mapping of JSON values. */
export interface JsonObject {
  [key: string]: Json;
}

/** Tells a mapping from the other JSON values. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
