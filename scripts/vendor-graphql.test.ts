import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSchema } from "graphql";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const script = fileURLToPath(new URL("vendor-graphql.mjs", import.meta.url));
const vendored = readFileSync(new URL("../rehearsal/github/graphql/schema.graphql", import.meta.url), "utf8");
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "seaworthy-vendor-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("the vendored GraphQL schema", () => {
  it("carries its version and the whole licence, and is a schema", () => {
    expect(vendored).toMatch(/^# Part of @octokit\/graphql-schema 15\.26\.1.*\n# MIT License.*WITHOUT WARRANTY/);
    expect(buildSchema(vendored).getQueryType()?.name).toBe("Query");
    expect(vendored.length).toBeLessThan(10_000);
  });

  it.each([
    ["lacks a type", "type Query { repository: ID }", "expected the type Repository"],
    ["lacks a field", "type Query { repo: ID }", "expected Query.repository"],
  ])("is called drifted when the official one %s", (_what, schema, message) => {
    const from = join(folder, "schema.graphql");
    writeFileSync(from, schema);
    expect(() => execFileSync(process.execPath, [script, "--check", "--from", from], { stdio: "pipe" })).toThrow(
      message,
    );
  });
});
