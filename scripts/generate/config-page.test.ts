import { globSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { duration, identifier, repositoryPath } from "#src/contract/config/fields";
import { configSchema } from "#src/contract/config/schema";
import { configPage } from "./config-page.ts";
import { GenerationError } from "./generation-error.ts";

const pageOf = (fields: z.ZodRawShape, text = "") =>
  configPage(z.toJSONSchema(z.strictObject(fields), { io: "input" }), [{ project: "tide", text }]);

const rowsOf = (page: string) => page.split("\n").filter((line) => line.startsWith("| `"));

describe("the reference of the configuration", () => {
  it.each<[what: string, field: z.ZodType, row: string]>([
    ["a text", z.string(), "| text | required |"],
    ["a text with a default", z.string().default("v1"), "| text | `v1` |"],
    ["a text that may be left out", z.string().optional(), "| text | none |"],
    ["a duration", duration().default("10m"), "| duration such as `90s`, `10m` or `2h` | `10m` |"],
    ["an id", identifier(), "| id such as `unit-tests` | required |"],
    ["a path", repositoryPath(), "| path inside the repository | required |"],
    ["an address", z.url({ protocol: /^https?$/ }), "| address such as `https://service.example.com` | required |"],
    ["a text with a placeholder", z.string().includes("{interval}"), "| text with `{interval}` | required |"],
    ["a text of another form", z.string().regex(/^a|b$/), "| text that matches `^a\\|b$` | required |"],
    ["a choice", z.enum(["one", "two"]), "| `one` or `two` | required |"],
    ["a switch", z.boolean().default(true), "| `true` or `false` | `true` |"],
    ["a number", z.int().min(0).max(255), "| whole number from 0 to 255 | required |"],
    ["a list", z.array(z.string()).default([]), "| list of texts | `[]` |"],
    ["a constant", z.literal("npm"), "| `npm` | required |"],
    ["anything", z.json(), "| any JSON value | required |"],
  ])("tells type and default of %s", (_what, field, row) => {
    const section = z.strictObject({ key: field.describe("What it is.") }).describe("A section.");
    expect(pageOf({ section })).toContain(`| \`section.key\` ${row} What it is. |`);
  });

  it("gives each kind of a list's members a table of its own, with the full path of its keys", () => {
    const kinds = ["one", "two"].map((kind) => z.strictObject({ kind: z.literal(kind), [kind]: z.string() }));
    const page = pageOf({ list: z.array(z.union(kinds)) });
    expect(page.match(/^### .*$/gm)).toEqual([
      "### `list[]` with `kind: one`",
      "### `list[]` with `kind: two`",
      "### tide",
    ]);
    expect(rowsOf(page).map((row) => row.split(" | ")[0])).toEqual([
      "| `list`",
      "| `list[].kind`",
      "| `list[].one`",
      "| `list[].kind`",
      "| `list[].two`",
    ]);
  });

  it("puts what a section is for above it in each example", () => {
    const page = pageOf(
      { gates: z.array(z.string()).describe("What must hold.") },
      "gates:\n  - run: |\n      gates: x\n",
    );
    expect(page).toContain("### tide\n\n```yaml\n# What must hold.\ngates:\n  - run: |\n      gates: x\n```\n");
  });

  it("refuses a type that it cannot name", () => {
    expect(() => pageOf({ nothing: z.null() })).toThrow(GenerationError);
  });

  it("refuses a form that no key tells apart", () => {
    expect(() => pageOf({ either: z.union([z.strictObject({}), z.strictObject({ a: z.string() })]) })).toThrow(
      "either",
    );
  });

  it("has every key of the schema, and each as often as there are kinds that have it", () => {
    const schema = z.toJSONSchema(configSchema, { io: "input", reused: "inline" });
    const properties = JSON.stringify(schema).match(/"description":"/g) ?? [];
    expect(properties.length).toBeGreaterThan(50);
    expect(rowsOf(configPage(schema, []))).toHaveLength(properties.length);
  });

  it("has an example to read for each kind of project", () => {
    expect(globSync("examples/*/.github/seaworthy.yml").length).toBeGreaterThanOrEqual(2);
  });
});
