import { describe, expect, it } from "vitest";
import { createMasks } from "./masks.ts";

const secret = 'p@ss "word" <1>';

describe("a mask", () => {
  it.each([
    ["the exact value", secret],
    ["its base64 form", Buffer.from(secret).toString("base64")],
    ["its base64 form behind one other byte", Buffer.from(`x${secret}`).toString("base64")],
    ["its base64 form behind two other bytes", Buffer.from(`:x${secret}`).toString("base64")],
    ["its URI form", encodeURIComponent(secret)],
    ["its JSON form", JSON.stringify({ secret })],
    ["its XML form", "p@ss &quot;word&quot; &lt;1&gt;"],
  ])("finds %s", (_form, text) => {
    const masks = createMasks([secret]);
    expect(masks.found(text)).toBe(true);
    expect(masks.found(masks.apply(text))).toBe(false);
  });

  it("covers each line of a value of several lines", () => {
    expect(createMasks(["first line\nsecond line"]).apply("saw second line")).toBe("saw ***");
  });

  it("replaces the longer of two secrets where one holds the other", () => {
    expect(createMasks(["abcd", "abcdefgh"]).apply("abcdefgh")).toBe("***");
  });

  it("ignores an empty secret", () => {
    expect(createMasks(["", " \n"]).apply("a b")).toBe("a b");
  });
});
