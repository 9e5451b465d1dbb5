import { describe, expect, it } from "vitest";
import { evaluateTemplate, evaluateText } from "./expressions.ts";
import { field, readTemplate } from "./template.ts";

const scope = { contexts: { github: { sha: "abc", n: 3, on: true, list: [{ id: "a" }, { id: "b" }] } } };

describe("a template", () => {
  it("keeps a block text free of the indentation of its file", () => {
    const step = readTemplate("a:\n    run: |\n      cat <<X\n      ${{ github.sha }}\n      X\n");
    expect(evaluateText(field(field(step, "a"), "run"), scope)).toBe("cat <<X\nabc\nX\n");
  });

  it.each([
    ["a text that is one expression keeps its type", "${{ github.n }}", 3],
    ["text around it makes it text", "n=${{ github.n }}", "n=3"],
    ["two markers inside a quoted text do not end it", "${{ format('}}{0}', github.on) }}", "}true"],
    ["a filter lists members", "${{ join(github.list.*.id, '+') }}", "a+b"],
    ["a missing property is nothing", "${{ github.none.deeper }}", null],
    ["names are read without regard to case", "${{ GITHUB.SHA }}", "abc"],
  ])("%s", (_rule, text, expected) => {
    expect(evaluateTemplate(readTemplate(JSON.stringify(text)), scope)).toEqual(expected);
  });

  it("follows aliases and knows its lines", () => {
    const tree = readTemplate("a: &x\n  b: 1\nc: *x\n");
    expect(field(field(tree, "c"), "b")).toEqual({ kind: "value", value: 1, line: 2 });
  });
});
