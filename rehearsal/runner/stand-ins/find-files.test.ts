import { relative } from "node:path";
import { describe, expect, it } from "vitest";
import { folderWith } from "../testing.ts";
import { findFiles } from "./find-files.ts";

const tree = {
  "dist/a.js": "",
  "dist/sub/b.js": "",
  "dist/sub/c.map": "",
  "dist/.cache/x": "",
  ".env": "",
  "note.md": "",
};

describe("an upload", () => {
  it.each([
    ["of a folder takes all below it", ["dist"], "dist", ["a.js", "sub/b.js", "sub/c.map"]],
    ["of one file is relative to its folder", ["dist/sub/b.js"], "dist/sub", ["b.js"]],
    ["of a pattern is relative to what precedes the wildcard", ["dist/**/*.js"], "dist", ["a.js", "sub/b.js"]],
    [
      "of several is relative to what they share",
      ["dist/sub", "note.md"],
      "",
      ["dist/sub/b.js", "dist/sub/c.map", "note.md"],
    ],
    ["leaves out what is excluded", ["dist", "!dist/**/*.map"], "dist", ["a.js", "sub/b.js"]],
    ["of nothing finds nothing", ["none"], "none", []],
    ["leaves a hidden file out", [".env"], "", []],
  ])("%s", async (_rule, patterns, root, expected) => {
    const workspace = await folderWith(tree);
    const found = findFiles(patterns, workspace, false);
    expect(found.files.map((file) => relative(found.root, file))).toEqual(expected);
    if (expected.length > 0) expect(relative(workspace, found.root)).toBe(root);
  });

  it("takes hidden files when it is told to", async () => {
    const found = findFiles(["dist"], await folderWith(tree), true);
    expect(found.files.map((file) => relative(found.root, file))).toContain(".cache/x");
  });
});
