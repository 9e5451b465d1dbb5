import { describe, expect, it } from "vitest";
import { nearest, nearestInAnyCase } from "#src/domain/nearest";

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

  it("may be sought in any case, and is given as it is spelt", () => {
    expect(nearestInAnyCase("GATS", ["Gates", "Channels"])).toBe("Gates");
    expect(nearest("GATS", ["Gates", "Channels"])).toBeUndefined();
  });

  it("is no farther than the limit", () => {
    expect(nearestInAnyCase("gtaes", ["gates"], 1)).toBeUndefined();
    expect(nearestInAnyCase("gtaes", ["gates"], 2)).toBe("gates");
  });
});
