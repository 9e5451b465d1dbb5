import { describe, expect, it } from "vitest";
import { type Files, wordsOf } from "../testing/version-readings.ts";

describe("PLN-20: a Go module", () => {
  const mod = (path: string) => ({ "go.mod": `module ${path}\n\ngo 1.24\n` });
  it.each<[rule: string, source: object, files: Files, asked: string | undefined, expected: string[]]>([
    ["has the version of the tag that was asked for", {}, mod("example.org/tide"), "1.2.0", ["1.2.0"]],
    ["without a tag asked for is unreadable", {}, mod("example.org/tide"), undefined, ["unreadable"]],
    [
      "may hold it in a file",
      { file: "VERSION" },
      { ...mod("example.org/tide"), VERSION: "1.2.0\n" },
      undefined,
      ["1.2.0", "not-applicable"],
    ],
    [
      "may hold it in source",
      { file: "v.go", pattern: '"(.*)"' },
      { ...mod("example.org/tide"), "v.go": 'v = "1.2.0"' },
      undefined,
      ["1.2.0", "not-applicable"],
    ],
    ["of version 2 needs a path that ends in /v2", {}, mod("example.org/tide"), "2.0.0", ["2.0.0", "unreadable"]],
    ["of version 2 with such a path is right", {}, mod("example.org/tide/v2"), "2.0.0", ["2.0.0"]],
    ["of version 1 must not end in /v2", {}, mod("example.org/tide/v2"), "1.0.0", ["1.0.0", "unreadable"]],
    ["without its file is absent", {}, {}, "1.0.0", ["1.0.0", "absent"]],
  ])("%s", async (_rule, source, files, asked, expected) => {
    expect(await wordsOf([{ kind: "go", ...source }], files, asked)).toEqual(expected);
  });
});
