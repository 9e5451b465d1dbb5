import { readFileSync } from "node:fs";
import * as z from "zod";

const schema = z.union([z.boolean(), z.record(z.string(), z.unknown())]);
const operationSchema = z.object({
  method: z.string(),
  path: z.string(),
  params: z.record(z.string(), schema),
  query: z.record(z.string(), schema),
  requiredQuery: z.array(z.string()).default([]),
  body: z.object({ required: z.boolean(), schema: schema.optional(), bytes: z.boolean().default(false) }).optional(),
  responses: z.record(z.string(), schema.nullable()),
});
const descriptionSchema = z.object({
  source: z.object({ package: z.string(), version: z.string(), licence: z.string() }),
  operations: z.record(z.string(), operationSchema),
  schemas: z.record(z.string(), schema),
});

export type Schema = z.infer<typeof schema>;
/** The vendored part of GitHub's official description, made by scripts/vendor-openapi.mjs. */
export type Description = z.infer<typeof descriptionSchema>;
/** One served operation, with its id and the token scope it needs, such as `contents:write`. */
export type Operation = z.infer<typeof operationSchema> & { readonly id: string; readonly scope: string };

/** Reads the vendored description. */
export function readDescription(): Description {
  return descriptionSchema.parse(readJson("openapi.json"));
}

/** Joins the description with the table of scopes. Throws when an operation has none. */
export function readOperations(description: Description): Operation[] {
  const scopes = z.record(z.string(), z.string()).parse(readJson("operations.json"));
  return Object.entries(description.operations).map(([id, operation]) => {
    const scope = scopes[id];
    if (!scope) throw new Error(`expected a scope for ${id} in operations.json, found none.`);
    return { ...operation, id, scope };
  });
}

function readJson(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, import.meta.url), "utf8"));
}
