import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { differingFiles } from "./differing.ts";

let folder: string;
const wanted = new Map([
  ["suite/index.js", "run();\n"],
  ["notes.txt", "\u{FFFD}"],
]);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "dist-"));
  mkdirSync(join(folder, "suite"));
  for (const [name, text] of wanted) writeFileSync(join(folder, name), text);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("a folder of built files", () => {
  it("holds what the sources give", () => {
    expect(differingFiles(folder, wanted)).toEqual([]);
  });

  it.each<[what: string, spoil: () => void, names: string[]]>([
    ["another text", () => writeFileSync(join(folder, "suite/index.js"), "run()\n"), ["suite/index.js"]],
    ["bytes that only read the same", () => writeFileSync(join(folder, "notes.txt"), Buffer.of(0xff)), ["notes.txt"]],
    ["a file less", () => rmSync(join(folder, "notes.txt")), ["notes.txt"]],
    ["a file more", () => writeFileSync(join(folder, "suite/more.js"), ""), ["suite/more.js"]],
    ["a link more", () => symlinkSync("/etc/passwd", join(folder, "suite/link.js")), ["suite/link.js"]],
    ["a link to a folder", () => symlinkSync("suite", join(folder, "other")), ["other", "other/index.js"]],
    [
      "a link in place of a file, to the same bytes",
      () => {
        renameSync(join(folder, "notes.txt"), join(folder, "suite/kept.txt"));
        symlinkSync("suite/kept.txt", join(folder, "notes.txt"));
      },
      ["notes.txt", "suite/kept.txt"],
    ],
  ])("with %s differs", (_what, spoil, names) => {
    spoil();
    expect(differingFiles(folder, wanted)).toEqual(names);
  });
});
