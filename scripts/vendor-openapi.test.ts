import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const script = fileURLToPath(new URL("vendor-openapi.mjs", import.meta.url));
const vendored = readFileSync(new URL("../rehearsal/github/openapi.json", import.meta.url), "utf8");
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "seaworthy-vendor-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("the vendored description", () => {
  it("carries its version and the whole licence", () => {
    expect(JSON.parse(vendored).source).toMatchObject({
      package: "@octokit/openapi",
      version: "23.0.2",
      licence: expect.stringMatching(/^MIT License.*Octokit.*WITHOUT WARRANTY/),
    });
  });

  it("stays below 233 kB and holds no prose", () => {
    expect(vendored.length).toBeLessThan(233_000);
    expect(vendored).not.toMatch(/"(description|example|discriminator|nullable)":"/);
  });

  it("is called drifted when the description lacks an operation or differs", () => {
    const from = join(folder, "description.json");
    writeFileSync(from, JSON.stringify({ paths: {}, components: { schemas: {} } }));
    expect(() => execFileSync(process.execPath, [script, "--check", "--from", from], { stdio: "pipe" })).toThrow(
      "expected every served operation",
    );
  });
});

describe("normalising a schema", () => {
  it.each([
    ["a nullable type", { type: "string", nullable: true }, { type: ["string", "null"] }],
    [
      "a nullable enum",
      { type: "string", enum: ["a"], nullable: true },
      { type: ["string", "null"], enum: ["a", null] },
    ],
    [
      "nullable without a type",
      { nullable: true, oneOf: [{ type: "string" }] },
      { anyOf: [{ oneOf: [{ type: "string" }] }, { type: "null" }] },
    ],
    ["a discriminator", { type: "object", discriminator: { propertyName: "x" } }, { type: "object" }],
    ["prose", { type: "string", description: "d", example: 1, title: "t", default: "x" }, { type: "string" }],
    [
      "properties called like prose",
      { properties: { title: { type: "string" }, description: { type: "string" } } },
      { properties: { title: { type: "string" }, description: { type: "string" } } },
    ],
    ["a reference", { $ref: "#/components/schemas/x" }, { $ref: "github#/schemas/x" }],
  ])("handles %s", async (_case, schema, expected) => {
    const { normalise } = await import(script);
    expect(normalise(schema)).toEqual(expected);
  });
});
