import { describe, expect, it } from "vitest";
import { nearest } from "#src/domain/nearest";

describe("the nearest known word", () => {
  it.each([
    ["gate", "gates"],
    ["chanels", "channels"],
    ["tag_pattern", "tag-pattern"],
    ["tagPattern", "tag-pattern"],
    ["gates", "gates"],
  ])("for %s is %s", (text, expected) => {
    expect(nearest(text, ["gates", "channels", "tag-pattern"])).toBe(expected);
  });

  it("is absent where nothing is near", () => {
    expect(nearest("secrets", ["gates", "channels"])).toBeUndefined();
  });
});
