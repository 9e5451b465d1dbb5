import { describe, expect, it } from "vitest";
import { proseHtml, proseMarkdown } from "./prose.ts";

describe("a sentence with code in it", () => {
  it("shows code as code, and the rest as text", () => {
    const text = "Set `fetch-depth: 0` & run *again*.";
    expect(proseHtml(text).markup).toBe("Set <code>fetch-depth: 0</code> &amp; run *again*.");
    expect(proseMarkdown(text)).toBe("Set `fetch-depth: 0` &amp; run \\*again\\*.");
  });

  it("keeps hostile text as text, inside of code too", () => {
    const text = "`<img src=x>` <img src=y> @octo";
    expect(proseHtml(text).markup).toBe("<code>&lt;img src=x&gt;</code> &lt;img src=y&gt; @octo");
    expect(proseMarkdown(text)).toBe("`<img src=x>` &lt;img src=y&gt; @\u200Bocto");
  });

  it.each(["a ` alone", "``", "`over\ntwo lines`"])("takes %j for text", (text) => {
    expect(proseHtml(text).markup).not.toContain("<code>");
    expect(proseMarkdown(text)).toContain("\\`");
  });
});
