import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escapeHtml, html, link } from "./html.ts";

describe("html", () => {
  it("escapes every text and keeps markup", () => {
    const inner = html`<b>${"<i>"}</b>`;
    expect(html`<p title="${'"quoted"'}">${inner}${[inner]}${3}</p>`.markup).toBe(
      '<p title="&quot;quoted&quot;"><b>&lt;i&gt;</b><b>&lt;i&gt;</b>3</p>',
    );
  });

  it.each([
    ["markup", "<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"],
    ["quotes", `"'`, "&quot;&#39;"],
    ["entities", "&lt;", "&amp;lt;"],
    ["line breaks", "a\r\nb\tc", "a b c"],
    ["turned writing", "a\u202Eb\u2066c", "a\uFFFDb\uFFFDc"],
    ["controls", "a\u0000\u001Bb", "a\uFFFD\uFFFDb"],
  ])("shows %s as text", (_what, text, shown) => {
    expect(escapeHtml(text)).toBe(shown);
  });

  it("no text can open a tag or leave an attribute", () => {
    fc.assert(fc.property(fc.string(), (text) => !/[<>"']/.test(escapeHtml(text))));
  });

  it.each(["javascript:alert(1)", "data:text/html,x", " https://a.example", "//a.example"])(
    "an address such as %j becomes no link",
    (address) => {
      expect(link(address, "text").markup).toBe("text");
    },
  );

  it("an address of the web becomes a link that cannot leave its attribute", () => {
    expect(link('https://a.example/"onclick=x', "run").markup).toBe(
      '<a href="https://a.example/&quot;onclick=x" rel="noreferrer">run</a>',
    );
  });
});
