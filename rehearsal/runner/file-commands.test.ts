import { describe, expect, it } from "vitest";
import { parsePairs } from "./file-commands.ts";

describe("a file of pairs", () => {
  it.each([
    ["takes what follows the first equals sign", "a=b=c\n", { a: "b=c" }],
    ["takes an equals sign before two less-than signs as a pair", "a=b<<c\n", { a: "b<<c" }],
    ["takes two less-than signs before an equals sign as a block", "a<<E=F\none\nE=F\n", { a: "one" }],
    ["keeps line breaks inside a block and drops the last", "a<<E\none\n\ntwo\nE\n", { a: "one\n\ntwo" }],
    ["takes an empty block as an empty value", "a<<E\nE\n", { a: "" }],
    ["keeps the last of two values", "a=1\na=2\n", { a: "2" }],
    ["skips blank lines", "\na=1\n\nb=2\n", { a: "1", b: "2" }],
    ["reads a last line without its break", "a=1", { a: "1" }],
  ])("%s", (_rule, text, values) => {
    expect(parsePairs(text)).toEqual({ values });
  });

  it.each([
    ["a line without a value", "a=1\nwords\n", "Invalid format 'words'"],
    ["a name that is empty", "=x\n", "Invalid format '=x'. Name must not be empty"],
    ["a delimiter that is empty", "a<<\nx\n", "Invalid format 'a<<'"],
    ["a block without its end", "a<<E\nx\nEE\n", "Invalid value. Matching delimiter not found 'E'"],
  ])("refuses %s", (_case, text, error) => {
    expect(parsePairs(text).error).toBe(error);
  });
});
