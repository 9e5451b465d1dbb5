import { describe, expect, it } from "vitest";
import { capBytes, codeBlock, escapeMarkdown, inlineCode } from "./markdown.ts";

describe("ALL-18 F49: untrusted text in Markdown", () => {
  it.each([
    ["a link", "[x](http://e)", "\\[x\\]\\(http:\u200B//e\\)"],
    ["a link of an address alone", "see https://evil.example/x", "see https:\u200B//evil.example/x"],
    ["a link of a bare host", "WWW.evil.example www.evil.example", "WWW\u200B.evil.example www\u200B.evil.example"],
    ["a link of a mail address", "a@b.example a@-b.example", "a@\u200Bb.example a@\u200B-b.example"],
    ["HTML", "<img src=x>", "&lt;img src=x&gt;"],
    ["a table cell's end", "a|b", "a\\|b"],
    ["a line break", "a\r\nb", "a b"],
    ["a mention", "@octocat", "@\u200Boctocat"],
  ])("cannot be %s", (_what, text, expected) => {
    expect(escapeMarkdown(text)).toBe(expected);
  });

  const turning = "\u061C\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069\u0000\u001B";
  it.each([
    ["text", escapeMarkdown, "", ""],
    ["inline code", inlineCode, "`", "`"],
    ["a code block", codeBlock, "```\n", "\n```"],
  ])("cannot turn its direction in %s, nor hide a control in it", (_where, write, before, after) => {
    expect(write(`a${turning}gnp.exe`)).toBe(`${before}a${"\uFFFD".repeat(14)}gnp.exe${after}`);
  });

  it("keeps the lines and tabs of a code block", () => {
    expect(codeBlock("a\tb\r\nc\n")).toBe("```\na\tb\r\nc\n```");
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
