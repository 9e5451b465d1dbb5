/**
 * Vendors the part of GitHub's official REST description that the embedded GitHub serves.
 * Usage: `node scripts/vendor-openapi.mjs` writes rehearsal/github/openapi.json, `--check` compares and exits 1 on drift,
 * `--from <file>` reads a description that is already on disk. Plain JavaScript: it runs on Node.js 20.19 or newer.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { npm } from "./node24.mjs";

const NAME = "@octokit/openapi";
const VERSION = "23.0.2";
const NOTICE =
  'MIT License, Copyright (c) 2020 Octokit contributors. Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions: The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software. THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.';
/** References name the vendored file itself, so that a validator registers its schemas once. */
const REFERENCE = "github#/schemas/";
const METHODS = ["get", "post", "put", "patch", "delete"];
/** Words about a schema, not rules of it; `discriminator` is one that validators reject without its mapping. */
const PROSE = new Set([
  "description",
  "title",
  "example",
  "examples",
  "externalDocs",
  "discriminator",
  "deprecated",
  "default",
]);
/** What these hold is compared as it is: it is no schema. */
const VALUES = new Set(["enum", "const", "required"]);

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const target = join(root, "rehearsal/github/openapi.json");
const served = join(root, "rehearsal/github/operations.json");

/** Reduces a full description to the named operations, as plain JSON Schema (draft 7) that Ajv accepts as it is. */
export function reduce(description, operationIds) {
  const operations = {};
  for (const [path, item] of Object.entries(description.paths)) {
    for (const method of METHODS) {
      const operation = item[method];
      if (!operation || !operationIds.includes(operation.operationId)) continue;
      operations[operation.operationId] = reduceOperation(description, { method, path, item, operation });
    }
  }
  const missing = operationIds.filter((id) => !(id in operations));
  if (missing.length > 0)
    throw new Error(`expected every served operation in ${NAME}, found none for: ${missing.join(", ")}.`);
  const schemas = {};
  collect(
    { operations, errors: [{ $ref: `${REFERENCE}basic-error` }, { $ref: `${REFERENCE}validation-error` }] },
    description,
    schemas,
  );
  return {
    source: { package: NAME, version: VERSION, licence: NOTICE },
    operations: sorted(operations),
    schemas: sorted(schemas),
  };
}

function reduceOperation(description, { method, path, item, operation }) {
  const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map((one) =>
    resolve(description, one),
  );
  const named = (place) =>
    Object.fromEntries(parameters.filter((one) => one.in === place).map((one) => [one.name, normalise(one.schema)]));
  const needed = parameters.filter((one) => one.in === "query" && one.required).map((one) => one.name);
  const reduced = { method: method.toUpperCase(), path, params: named("path"), query: named("query"), responses: {} };
  if (needed.length > 0) reduced.requiredQuery = needed;
  const body = operation.requestBody && resolve(description, operation.requestBody);
  if (body) {
    const json = body.content["application/json"];
    reduced.body = json
      ? { required: body.required === true, schema: normalise(json.schema) }
      : { required: body.required === true, bytes: true };
  }
  for (const [code, response] of Object.entries(operation.responses)) {
    const content = resolve(description, response).content ?? {};
    const json = content["application/json"] ?? Object.entries(content).find(([type]) => type.endsWith("json"))?.[1];
    reduced.responses[code] = json?.schema ? normalise(json.schema) : null;
  }
  return reduced;
}

function resolve(description, node) {
  if (!node.$ref) return node;
  return node.$ref
    .slice(2)
    .split("/")
    .reduce((at, key) => at[key], description);
}

/** Drops prose, turns `nullable` into a null type (with null among the enum values), and renames references. */
export function normalise(node) {
  if (Array.isArray(node)) return node.map(normalise);
  if (node === null || typeof node !== "object") return node;
  const kept = Object.entries(node).filter(([key]) => key !== "nullable" && !key.startsWith("x-") && !PROSE.has(key));
  const clean = Object.fromEntries(kept.map(([key, value]) => [key, normaliseKey(key, value)]));
  return node.nullable === true ? orNull(clean) : clean;
}

function normaliseKey(key, value) {
  if (VALUES.has(key)) return value;
  if (key === "$ref") return value.replace("#/components/schemas/", REFERENCE);
  if (key !== "properties") return normalise(value);
  return Object.fromEntries(Object.entries(value).map(([name, schema]) => [name, normalise(schema)]));
}

function orNull(schema) {
  if (typeof schema.type !== "string") return { anyOf: [schema, { type: "null" }] };
  const widened = { ...schema, type: [schema.type, "null"] };
  if (schema.enum && !schema.enum.includes(null)) widened.enum = [...schema.enum, null];
  return widened;
}

function collect(node, description, into) {
  if (Array.isArray(node)) {
    for (const one of node) collect(one, description, into);
    return;
  }
  if (node === null || typeof node !== "object") return;
  if (typeof node.$ref === "string") {
    const name = node.$ref.slice(REFERENCE.length);
    if (name in into) return;
    into[name] = normalise(description.components.schemas[name]);
    collect(into[name], description, into);
  }
  for (const value of Object.values(node)) collect(value, description, into);
}

function sorted(map) {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function readDescription(from) {
  if (from) return JSON.parse(readFileSync(from, "utf8"));
  const scratch = mkdtempSync(join(tmpdir(), "seaworthy-openapi-"));
  try {
    writeFileSync(join(scratch, "package.json"), JSON.stringify({ private: true }));
    npm(
      ["install", `${NAME}@${VERSION}`, "--ignore-scripts", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"],
      scratch,
    );
    return JSON.parse(readFileSync(join(scratch, "node_modules", NAME, "generated/api.github.com.json"), "utf8"));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function main(args) {
  const from = args.includes("--from") ? args[args.indexOf("--from") + 1] : undefined;
  const ids = Object.keys(JSON.parse(readFileSync(served, "utf8")));
  const text = `${JSON.stringify(reduce(readDescription(from), ids))}\n`;
  if (!args.includes("--check")) {
    writeFileSync(target, text);
    process.stdout.write(`rehearsal/github/openapi.json: ${ids.length} operations, ${text.length} bytes\n`);
    return 0;
  }
  if (readFileSync(target, "utf8") === text) return 0;
  process.stderr.write(
    `expected rehearsal/github/openapi.json to be what ${NAME}@${VERSION} gives, found another text. Run node scripts/vendor-openapi.mjs.\n`,
  );
  return 1;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  process.exitCode = main(process.argv.slice(2));
