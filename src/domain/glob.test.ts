import { describe, expect, it } from "vitest";
import { anyGlob } from "#src/domain/glob";

describe("globs over the paths of a repository", () => {
  it.each([
    ["**/migrations/**", "db/migrations/1.sql", true],
    ["**/migrations/**", "migrations/1.sql", true],
    ["**/migrations/**", "docs/migrations.md", false],
    ["src/**", "src/.hidden/a.ts", true],
    ["src/*.ts", "src/deep/a.ts", false],
    ["./src/*.{ts,js}", "src/a.js", true],
    ["*.md", "README.md", true],
    ["*.md", "READMExmd", false],
    ["package.json", "packages/one/package.json", false],
    ["[", "[", true],
  ])("%s names %s: %s", (glob, path, named) => {
    expect(anyGlob([glob])(path)).toBe(named);
  });

  it("name a path where any of them does, and nothing where there is none", () => {
    expect(anyGlob(["docs/**", "*.md"])("CHANGELOG.md")).toBe(true);
    expect(anyGlob([])("CHANGELOG.md")).toBe(false);
  });
});
