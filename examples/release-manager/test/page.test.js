import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { page } from "@example/logbook";

describe("the page", () => {
  it("shows every entry, in order", () => {
    assert.match(page(["Cast off", "Anchored"]), /<li>Cast off<\/li>\n<li>Anchored<\/li>/);
  });

  it("has no markup of an entry", () => {
    const hostile = [`<script>alert(1)</script>`, `"><img src=x onerror='alert(1)'>`, "&lt;b&gt;"];
    const inside = page(hostile)
      .match(/<li>.*<\/li>/g)
      .map((item) => item.slice(4, -5));
    assert.equal(inside.length, 3);
    for (const item of inside) assert.doesNotMatch(item, /[<>"']|&(?!(?:amp|lt|gt|quot|#39);)/);
  });
});
