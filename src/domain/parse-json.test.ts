import { describe, expect, it } from "vitest";
import { parseJson } from "#src/domain/parse-json";

describe("JSON from outside", () => {
  it.each([
    ["text", '{"a":1}', { a: 1 }],
    ["bytes", new TextEncoder().encode('["ü"]'), ["ü"]],
    ["a bare null", "null", null],
    ["nothing", "", undefined],
    ["what breaks off", '{"a":', undefined],
    ["no JSON", new TextEncoder().encode("<html>"), undefined],
  ])("is read from %s", (_what, json, value) => {
    expect(parseJson(json)).toEqual(value);
  });
});
