import { describe, expect, it } from "vitest";
import { parseExposition } from "./text-format.ts";

describe("an exposition", () => {
  it.each([
    ["requests_total 5", { labels: { __name__: "requests_total" }, value: 5 }],
    ['a{code="200",route="/x"} 1e3', { labels: { __name__: "a", code: "200", route: "/x" }, value: 1_000 }],
    ['a{le="+Inf",} +Inf', { labels: { __name__: "a", le: "+Inf" }, value: Number.POSITIVE_INFINITY }],
    ['a{b="x\\"y\\\\z\\n, }"} NaN', { labels: { __name__: "a", b: 'x"y\\z\n, }' }, value: Number.NaN }],
    ["a{} -0.5 1767225600000", { labels: { __name__: "a" }, value: -0.5, at: 1_767_225_600_000 }],
  ])("of %s is read", (line, expected) => {
    expect(parseExposition(`# HELP a text\n# TYPE a counter\n${line}\n\n`)).toEqual([expected]);
  });

  it.each([
    ["a", "expected a sample"],
    ["<html>", "expected a sample"],
    ["a one", "expected a number"],
    ["a{b=c} 1", "expected label"],
    ['a{b="1",b="2"} 1', "twice"],
    ['a{b="1" 1', "expected"],
  ])("with the line %s is refused as a whole", (line, message) => {
    expect(() => parseExposition(`good 1\n${line}\n`)).toThrow(message);
  });
});
