import { describe, expect, it } from "vitest";
import { shapeComplaints } from "./complaints.ts";

const complaints = (text: string, path = "src/a.ts") =>
  shapeComplaints({ path, text }).map((complaint) => complaint.replace(`${path}: `, "").split(/[;(]/)[0]?.trim());

describe("a type assertion", () => {
  it.each([
    ["after a cast", "const a = b as C;"],
    ["of an object's type", "const a = b as { c: number };"],
    ["in the old spelling", "const a = <C>b;"],
    ["after a glob that looks like the beginning of a comment", 'const a = "src/**/*.ts";\nconst b = c as D;'],
    [
      "between two globs that look like a comment",
      'const a = "src/*";\nconst b = c as D;\nconst e = "*/src";\nconst f = `/*`;',
    ],
    ["after a quote in a regular expression", 'const a = /"/;\nconst b = c as D;\nconst e = /"/;'],
    ["inside a template", "const a = `${b as string}`;"],
  ])("is found %s", (_what, text) => {
    expect(complaints(text)).toEqual(["a type assertion"]);
  });

  it.each([
    ["a comment", "// known as such\n/* as Such */"],
    ["a text", 'const a = "b as C";'],
    ["a constant", "const a = [1] as const;"],
    ["a renamed import", 'import { a as b } from "./c.ts";\nimport * as d from "./e.ts";\nexport { b as f };'],
    ["a check of a type", "const a = b satisfies C;"],
  ])("is not %s", (_what, text) => {
    expect(complaints(text)).toEqual([]);
  });

  it("may stand in a test", () => {
    expect(complaints("const a = b as C;", "src/a.test.ts")).toEqual([]);
  });
});

describe("a file of the tree", () => {
  it.each(["@ts-nocheck", "@ts-ignore", "@ts-expect-error because", "biome-ignore lint: because"])(
    "silences nothing by %s",
    (words) => {
      expect(complaints(`// ${words}\nexport const a = 1;`)).toEqual(["a comment that silences a tool"]);
    },
  );

  it.each(["mock", "doMock"])("replaces no module by %s", (name) => {
    expect(complaints(`vi.${name}("./b.ts");`, "src/a.test.ts")).toEqual(["a module mock"]);
  });

  it("has at most 250 lines, unless it is a test", () => {
    expect(complaints("a;\n".repeat(250))).toEqual([]);
    expect(complaints("a;\n".repeat(251))).toEqual(["251 lines, at most 250"]);
    expect(complaints("a;\n".repeat(251), "src/a.test.ts")).toEqual([]);
  });
});
