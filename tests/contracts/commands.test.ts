import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../root.ts";

const places = [
  "*.md",
  "docs/**/*.md",
  "{actions,examples}/**/*.md",
  "{.github,examples/*/.github}/workflows/*.yml",
  "examples/*/scripts/**",
  "{src,actions}/**/*.ts",
];
const files = places
  .flatMap((place) =>
    globSync(place, { cwd: root, exclude: (name) => /node_modules|\.rehearsal|\.test\.ts$/.test(name) }),
  )
  .filter((file) => /\.(?:md|yml|ts|sh|js)$/.test(file));
const commands = (form: RegExp) =>
  files.flatMap((file) =>
    [...readFileSync(join(root, file), "utf8").matchAll(form)].map(([text]) => `${file}: ${text}`),
  );

describe("the commands that we run, print or document", () => {
  it("F34 BLD-16: begin a local package for npm with ./ or /, or npm would read dir/file.tgz as a repository", () => {
    const packages = commands(/\bnpm (?:publish|install|i|exec)\b[^\n`]*\.tgz[^\n`]*/g);
    expect(packages.length).toBeGreaterThan(2);
    expect(packages.filter((line) => !/npm \w+ (?:--?\S+ )*"?(?:\.{0,2}\/|file:)\S*\.tgz/.test(line))).toEqual([]);
  });

  it("ALL-06 F35: name the repository for gh, as a job may have no checkout to tell it", () => {
    const asking = commands(/\bgh (?:run|release|workflow|issue|pr) \w+ [^\n`]*/g);
    expect(asking.length).toBeGreaterThan(2);
    expect(asking.filter((line) => !line.includes("--repo "))).toEqual([]);
  });
});
