import { describe, expect, it } from "vitest";
import { anyArea, anyGlob } from "#src/domain/glob";

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

describe("globs of a part of the repository", () => {
  it.each([
    ["src", "src/a.ts", true],
    ["src", "src/deep/a.ts", true],
    ["src", "src", true],
    ["src", "src2/a.ts", false],
    ["src", "packages/src/a.ts", false],
    ["src/", "src/deep/.a", true],
    ["./src/", "src/a.ts", true],
    ["src/", "src", false],
    ["packages/*/src", "packages/one/src/a.ts", true],
    ["package.json", "package.json", true],
    ["src/*", "src/deep/a.ts", false],
    ["*.md", "docs/a.md", false],
  ])("%s names %s: %s", (glob, path, named) => {
    expect(anyArea([glob])(path)).toBe(named);
  });
});
