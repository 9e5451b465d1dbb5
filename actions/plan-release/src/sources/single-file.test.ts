import { describe, expect, it } from "vitest";
import { versionSection } from "#src/contract/config/version";
import { type Files, wordsOf } from "../testing/version-readings.ts";

describe("PLN-20: a version source of one file", () => {
  it.each<[rule: string, source: object, files: Files, expected: string]>([
    ["plain is the whole file", { kind: "plain", file: "VERSION" }, { VERSION: "1.2.0\n" }, "1.2.0"],
    [
      "plain leaves carriage returns and spaces out, and says so",
      { kind: "plain", file: "VERSION" },
      { VERSION: " 1.2.0\r\n" },
      "1.2.0 (white space left out)",
    ],
    ["plain is unreadable where it is empty", { kind: "plain", file: "VERSION" }, { VERSION: "\n" }, "unreadable"],
    ["plain is absent where there is no file", { kind: "plain", file: "VERSION" }, {}, "absent"],
    [
      "plain asks no former path for the released commit",
      { kind: "plain", file: "VERSION", former: ["OLD"] },
      { OLD: "1.2.0" },
      "absent",
    ],
    [
      "json follows a pointer",
      { kind: "json", file: "a.json", pointer: "/a/0/v" },
      { "a.json": '{"a":[{"v":"1.2.0"}]}' },
      "1.2.0",
    ],
    ["json takes no number", { kind: "json", file: "a.json", pointer: "/v" }, { "a.json": '{"v":1.2}' }, "unreadable"],
    [
      "json is unreadable where the pointer leads nowhere",
      { kind: "json", file: "a.json", pointer: "/v" },
      { "a.json": "{}" },
      "unreadable",
    ],
    [
      "json is unreadable where it is none",
      { kind: "json", file: "a.json", pointer: "/v" },
      { "a.json": "{" },
      "unreadable",
    ],
    [
      "toml follows keys, quoted ones with dots",
      { kind: "toml", file: "a.toml", key: 'tool."my.tool".version' },
      { "a.toml": '[tool."my.tool"]\nversion = "1.2.0"\n' },
      "1.2.0",
    ],
    ["toml takes no date", { kind: "toml", file: "a.toml", key: "v" }, { "a.toml": "v = 2026-01-01" }, "unreadable"],
    [
      "toml is unreadable where it is none",
      { kind: "toml", file: "a.toml", key: "v" },
      { "a.toml": "v =" },
      "unreadable",
    ],
    [
      "yaml follows keys and list positions",
      { kind: "yaml", file: "a.yml", key: "apps.1.version" },
      { "a.yml": "apps:\n  - {}\n  - version: 1.2.0\n" },
      "1.2.0",
    ],
    [
      "yaml takes no number for a text",
      { kind: "yaml", file: "a.yml", key: "v" },
      { "a.yml": "v: 1.10" },
      "unreadable",
    ],
    [
      "yaml refuses a key that stands twice",
      { kind: "yaml", file: "a.yml", key: "v" },
      { "a.yml": "v: 1.2.0\nv: 1.3.0\n" },
      "unreadable",
    ],
    [
      "regex finds its group on a line of its own",
      { kind: "regex", file: "a.go", pattern: '^const Version = "(.*)"$' },
      { "a.go": 'package a\nconst Version = "1.2.0"\n' },
      "1.2.0",
    ],
    [
      "regex is unreadable without a match",
      { kind: "regex", file: "a.go", pattern: "v(\\d)" },
      { "a.go": "none" },
      "unreadable",
    ],
    [
      "regex takes equal matches for one",
      { kind: "regex", file: "a.go", pattern: "v(\\S+)" },
      { "a.go": "v1.2.0 v1.2.0" },
      "1.2.0",
    ],
    [
      "regex is unreadable where matches differ",
      { kind: "regex", file: "a.go", pattern: "v(\\S+)" },
      { "a.go": "v1.2.0 v1.3.0" },
      "unreadable",
    ],
  ])("%s", async (_rule, source, files, expected) => {
    expect(await wordsOf([source], files)).toEqual([expected]);
  });

  it("ends with a code of its own where an expression takes for ever over the file", async () => {
    const source = { kind: "regex", file: "a.go", pattern: "^version ((?:a+)+)$" };
    await expect(wordsOf([source], { "a.go": `version ${"a".repeat(60)}!\n` })).rejects.toMatchObject({
      code: "all.expression-too-slow",
      message: expect.stringContaining("^version ((?:a+)+)$"),
    });
  });

  it.each([
    ["two groups", "(a)(b)"],
    ["no group", "a"],
    ["an open one", "(a"],
  ])("is no expression with %s", (_case, pattern) => {
    expect(versionSection.safeParse({ sources: [{ kind: "regex", file: "a", pattern }] }).success).toBe(false);
  });
});
