/**
 * Vendors the part of GitHub's official GraphQL schema that the embedded GitHub serves.
 * Usage: `node scripts/vendor-graphql.mjs` writes rehearsal/github/graphql/schema.graphql, `--check` compares and exits 1 on drift,
 * `--from <file>` reads a schema that is already on disk. Plain JavaScript: it runs on Node.js 20.19 or newer.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Kind, parse, print, specifiedScalarTypes, visit } from "graphql";
import { npm } from "./node24.mjs";

const NAME = "@octokit/graphql-schema";
const VERSION = "15.26.1";
const NOTICE = `# Part of ${NAME} ${VERSION}, made by scripts/vendor-graphql.mjs from rehearsal/github/graphql/served.json.
# MIT License, Copyright (c) GitHub 2025. Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions: The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software. THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
`;
const BUILT_IN = new Set(specifiedScalarTypes.map(({ name }) => name));
/** Kinds that arguments are made of; they come whole. */
const OF_ARGUMENTS = new Set([
  Kind.SCALAR_TYPE_DEFINITION,
  Kind.ENUM_TYPE_DEFINITION,
  Kind.INPUT_OBJECT_TYPE_DEFINITION,
]);

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const target = join(root, "rehearsal/github/graphql/schema.graphql");
const served = join(root, "rehearsal/github/graphql/served.json");

/** Reduces a schema to the named types with their named fields or members, every argument of those, and what arguments are made of. */
export function reduce(schema, wanted) {
  const definitions = new Map(parse(schema).definitions.map((one) => [one.name?.value, one]));
  const kept = new Map();
  for (const [name, members] of Object.entries(wanted)) kept.set(name, narrowed(definitions.get(name), name, members));
  for (const definition of [...kept.values()]) collect(definition, definitions, kept);
  for (const [name, definition] of kept) kept.set(name, withoutStrangers(definition, kept));
  const texts = [...kept.keys()].sort().map((name) => print(plain(kept.get(name))));
  return `${NOTICE}\n${texts.join("\n\n")}\n`;
}

function narrowed(definition, name, members) {
  if (!definition) throw new Error(`expected the type ${name} in ${NAME}, found none.`);
  const list = definition.kind === Kind.UNION_TYPE_DEFINITION ? "types" : "fields";
  const chosen = members.map((member) => {
    const found = definition[list]?.find((one) => one.name.value === member);
    if (!found) throw new Error(`expected ${name}.${member} in ${NAME}, found none.`);
    return found;
  });
  return { ...definition, [list]: chosen };
}

/** Follows a definition into what its arguments are made of, and complains about an object that is not served. */
function collect(definition, definitions, into) {
  visit(
    { ...definition, interfaces: [] },
    {
      NamedType({ name: { value } }) {
        if (BUILT_IN.has(value) || into.has(value)) return;
        const found = definitions.get(value);
        if (!found || !OF_ARGUMENTS.has(found.kind))
          throw new Error(
            `expected ${value}, which ${definition.name.value} mentions, in served.json, found it left out.`,
          );
        into.set(value, found);
        collect(found, definitions, into);
      },
    },
  );
}

/** An interface that is not served is not implemented either. */
function withoutStrangers(definition, kept) {
  if (!definition.interfaces) return definition;
  return { ...definition, interfaces: definition.interfaces.filter(({ name }) => kept.has(name.value)) };
}

/** Drops prose and directives, which are words about the schema. */
function plain(definition) {
  return visit(definition, {
    enter: (node) =>
      "directives" in node || "description" in node ? { ...node, directives: [], description: undefined } : undefined,
  });
}

function readSchema(from) {
  if (from) return readFileSync(from, "utf8");
  const scratch = mkdtempSync(join(tmpdir(), "seaworthy-graphql-"));
  try {
    writeFileSync(join(scratch, "package.json"), JSON.stringify({ private: true }));
    npm(
      ["install", `${NAME}@${VERSION}`, "--ignore-scripts", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"],
      scratch,
    );
    return readFileSync(join(scratch, "node_modules", NAME, "schema.graphql"), "utf8");
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function main(args) {
  const from = args.includes("--from") ? args[args.indexOf("--from") + 1] : undefined;
  const text = reduce(readSchema(from), JSON.parse(readFileSync(served, "utf8")));
  if (!args.includes("--check")) {
    writeFileSync(target, text);
    process.stdout.write(`rehearsal/github/graphql/schema.graphql: ${text.length} bytes\n`);
    return 0;
  }
  if (readFileSync(target, "utf8") === text) return 0;
  process.stderr.write(
    `expected rehearsal/github/graphql/schema.graphql to be what ${NAME}@${VERSION} gives, found another text. Run node scripts/vendor-graphql.mjs.\n`,
  );
  return 1;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  process.exitCode = main(process.argv.slice(2));
