import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readLines } from "#src/domain/changelog/lines";

const rolesOf = (text: string) => readLines(text).map(({ role, level }) => (level > 0 ? `${role} ${level}` : role));

describe("the lines of a document", () => {
  it.each<[rule: string, text: string, roles: string[]]>([
    ["a heading needs a space after its marks", "##x\n## x", ["paragraph", "heading 2"]],
    ["a heading may be indented by three spaces, not by four", "   ## x\n\n    ## x", ["heading 2", "blank", "code"]],
    ["an underline makes the paragraph above it a heading", "x\ny\n---\nz", ["heading 2", "mark", "mark", "paragraph"]],
    ["an underline of equals signs makes the first level", "x\n===", ["heading 1", "mark"]],
    [
      "a rule after a blank line, a list or a quote is none",
      "x\n\n---\n- a\n---\n> b\n---",
      ["paragraph", "blank", "mark", "item", "mark", "paragraph", "mark"],
    ],
    ["a heading in fenced code is code", "```md\n## x\n```\n## y", ["code", "code", "code", "heading 2"]],
    [
      "a fence closes with as many marks of its kind",
      "````\n```\n~~~~\n````\nx",
      ["code", "code", "code", "code", "paragraph"],
    ],
    ["a fence that never closes runs to the end", "~~~\n## x\n", ["code", "code", "code"]],
    ["a fence in an entry ends with the entry", "- a\n  ```\n  ## x\n## y", ["item", "code", "code", "heading 2"]],
    ["backticks within a line open no fence", "``` a ` b\n## x", ["paragraph", "heading 2"]],
    ["preformatted HTML is code", "<pre>\n## x\n</pre>\n## y", ["code", "code", "code", "heading 2"]],
    [
      "a comment hides lines up to its end",
      "<!--\n## x\n\n-->\n## y",
      ["comment", "comment", "comment", "comment", "heading 2"],
    ],
    ["a comment of no length ends at once", "<!-->\n## x", ["comment", "heading 2"]],
    ["an escaped or quoted comment hides nothing", "\\<!-- a\n`<!--`\n## x", ["paragraph", "paragraph", "heading 2"]],
    [
      "an entry goes on in indented lines and in lazy ones",
      "- a\n  b\nc\n\n  d\n\ne",
      ["item", "continuation", "continuation", "blank", "continuation", "blank", "paragraph"],
    ],
    [
      "a list in an entry is nested, with its own lines",
      "- a\n  - b\n    c\n  d\n\n  e\n- f",
      ["item", "nested", "nested", "nested", "blank", "continuation", "item"],
    ],
    [
      "an entry's line is code only after a blank line",
      "- a\n      b\n\n      c",
      ["item", "continuation", "blank", "code"],
    ],
    ["a bullet indented by one space is a sibling", "- a\n - b", ["item", "item"]],
    ["a tab indents to the next stop", "- a\n\t- b", ["item", "nested"]],
    ["numbers and stars are bullets as well", "1. a\n   - b\n* c\n+ d", ["item", "nested", "item", "item"]],
    ["a heading in an entry is no section's", "- a\n\n  ## x", ["item", "blank", "continuation"]],
    [
      "a definition is told apart, a paragraph's bracket is not one",
      "[a]: b\n\nx\n[a]: b",
      ["definition", "blank", "paragraph", "paragraph"],
    ],
    ["a byte order mark is no text", "\uFEFF## x", ["heading 2"]],
  ])("%s", (_rule, text, roles) => {
    expect(rolesOf(text)).toEqual(roles);
  });

  it.each([
    ["## x ##", "x"],
    ["## x#", "x#"],
    ["## ##", ""],
    ["##", ""],
    ["##  x  y  ", "x  y"],
  ])("tell of %j the title %j", (line, title) => {
    expect(readLines(line)[0]).toMatchObject({ role: "heading", text: title });
  });

  it("are read in time that grows with them, whatever they hold", () => {
    const started = performance.now();
    for (const part of [" ", "#", "`", "<!--", "[#1](", "- ", "\\"]) readLines(`## a${part.repeat(20_000)}b`);
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it("are without a byte order mark, as it is no part of the first one", () => {
    expect(readLines("\uFEFF## x")[0]?.raw).toBe("## x");
  });

  it("are the same with each kind of line end", () => {
    const text = "# a\n\n- b\n  c\n";
    expect(readLines(text.replaceAll("\n", "\r\n"))).toEqual(readLines(text));
    expect(readLines(text.replaceAll("\n", "\r"))).toEqual(readLines(text));
  });

  it("number every line of an arbitrary text, and keep it as it was", () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom("## a", "- b", "  - c", "```", "~~~", "<!--", "-->", "---", "\n", "\r\n", "`", "\t"),
    );
    fc.assert(
      fc.property(
        fc.array(piece).map((pieces) => pieces.join("")),
        (text) => {
          const lines = readLines(text);
          expect(lines.map(({ number }) => number)).toEqual(lines.map((_, index) => index + 1));
          expect(lines.map(({ raw }) => raw).join("\n")).toBe(text.replace(/^\uFEFF/, "").replace(/\r\n|\r/g, "\n"));
        },
      ),
    );
  });
});
