import { describe, expect, it } from "vitest";
import { capBytes, codeBlock, escapeMarkdown, inlineCode } from "./markdown.ts";

describe("ALL-18 F49: untrusted text in Markdown", () => {
  it.each([
    ["a link", "[x](http://e)", "\\[x\\]\\(http://e\\)"],
    ["HTML", "<img src=x>", "&lt;img src=x&gt;"],
    ["a table cell's end", "a|b", "a\\|b"],
    ["a line break", "a\r\nb", "a b"],
    ["a mention", "@octocat", "@\u200Boctocat"],
  ])("cannot be %s", (_what, text, expected) => {
    expect(escapeMarkdown(text)).toBe(expected);
  });

  it("stays inside inline code whatever backticks it holds", () => {
    expect(inlineCode("a ``b`` c")).toBe("``` a ``b`` c ```");
  });

  it("stays inside a code block whatever fences it holds", () => {
    expect(codeBlock("```\nx\n````")).toBe("`````\n```\nx\n````\n`````");
  });
});

describe("a text over the limit", () => {
  it("is cut at a line and says so", () => {
    const cut = capBytes(`${"line\n".repeat(100)}`, 200);
    expect(new TextEncoder().encode(cut).byteLength).toBeLessThanOrEqual(200);
    expect(cut).toContain("Cut here");
  });

  it("is left alone at exactly the limit", () => {
    expect(capBytes("12345", 5)).toBe("12345");
  });
});
