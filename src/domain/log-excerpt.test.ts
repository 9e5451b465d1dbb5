import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { closingExcerpt, excerpt, redact } from "./log-excerpt.ts";

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `line ${index + 1}`);

/** Long logs from few draws: a generator that draws every character on its own takes seconds for one property. */
const piece = fc.oneof(
  fc.string({ unit: "binary", maxLength: 8 }),
  fc.constantFrom(
    "\n",
    "\r",
    "\r\n",
    " ",
    "\t \u2028",
    "\u0000",
    "\u001b[31m",
    "😀",
    "word",
    "x".repeat(50),
    "😀".repeat(30),
  ),
);

describe("GAT-44: an excerpt of a log", () => {
  it.each([
    ["is empty for an empty log", "", ""],
    ["is the log where that is short", "one\ntwo\n", "one\ntwo"],
    ["has runs of whitespace reduced to one blank", "  a \t\t b   c  \n", "a b c"],
    ["has no blank lines", "a\n\n \n\nb", "a\nb"],
    ["has no terminal codes and no control characters", "\u001b[31mred\u001b[0m\u0000\u0007!", "red !"],
    ["takes a carriage return for the end of a line", "10 %\r20 %\r\ndone", "10 %\n20 %\ndone"],
    ["holds twelve lines", numbered(12).join("\n"), numbered(12).join("\n")],
    ["leaves the thirteenth line out", numbered(13).join("\n"), numbered(12).join("\n")],
    ["holds 360 characters", "x".repeat(360), "x".repeat(360)],
    ["cuts at 360 characters", "x".repeat(361), `${"x".repeat(359)}…`],
    ["does not tear a character that stands on the cut", `${"x".repeat(358)}😀😀`, `${"x".repeat(358)}…`],
  ])("%s", (_rule, log, expected) => {
    expect(excerpt(log)).toBe(expected);
  });

  it("never holds a given secret, however the log is laid out", () => {
    const secret = fc.string({ minLength: 4, maxLength: 20, unit: fc.constantFrom("a", "b", "X", "9", "-") });
    fc.assert(
      fc.property(secret, fc.array(fc.string(), { maxLength: 30 }), (hidden, parts) => {
        expect(excerpt(parts.join(hidden), [hidden])).not.toContain(hidden);
      }),
    );
  });

  it("finds a secret that terminal codes tear apart", () => {
    expect(excerpt("hun\u001b[1mter2", ["hunter2"])).toBe("***");
  });

  it("stays within its bounds for any log", () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 80 }), (pieces) => {
        const short = excerpt(pieces.join(""));
        expect(short.length).toBeLessThanOrEqual(360);
        expect(short.split("\n").length).toBeLessThanOrEqual(12);
        expect(short).not.toMatch(/\s\s/);
      }),
    );
  });
});

describe("the end of a log", () => {
  it("is its last twelve lines", () => {
    expect(closingExcerpt(numbered(20).join("\n"))).toBe(numbered(20).slice(-12).join("\n"));
  });

  it("gives up earlier lines before it cuts the last one", () => {
    expect(closingExcerpt(`${"a".repeat(300)}\n${"b".repeat(100)}\nwhy\n`)).toBe(`${"b".repeat(100)}\nwhy`);
    expect(closingExcerpt(`early\n${"b".repeat(400)}`)).toBe(`${"b".repeat(359)}…`);
  });
});

describe("a secret", () => {
  it.each([
    ["is masked wherever it stands", "key=hunter2 hunter2", ["hunter2"], "key=*** ***"],
    ["is masked before one that it contains", "longer-short", ["short", "longer-short"], "***"],
    ["of several lines is masked line by line too", "a: first-line", ["first-line\nsecond-line"], "a: ***"],
    ["that is empty masks nothing", "text", [""], "text"],
    ["has short lines that mask nothing", "a b", ["a\nlonger"], "a b"],
  ])("%s", (_rule, log, secrets, expected) => {
    expect(redact(log, secrets)).toBe(expected);
  });

  it.each([
    ["in an address", "https://x.example/?key=a%26b%2Fc", "https://x.example/?key=***"],
    ["in a form", "key=two+words%26", "key=***"],
    ["in JSON", JSON.stringify({ key: 'a"b\\c' }), '{"key":"***"}'],
    ["in JSON within JSON", JSON.stringify(JSON.stringify({ key: 'a"b\\c' })), '"{\\"key\\":\\"***\\"}"'],
  ])("is masked as it is written %s, too", (_where, log, expected) => {
    expect(redact(log, ["a&b/c", "two words&", 'a"b\\c'])).toBe(expected);
  });

  it.each([
    ["its first part", "key=hunt\n[90 bytes are left out here]\nmore", "key=***\n[90 bytes are left out here]\nmore"],
    ["its last part", "key\n[90 bytes are left out here]\nter2 more", "key\n[90 bytes are left out here]\n*** more"],
    ["a torn character", "key=hé\uFFFD\n[9 bytes are left out here]\n", "key=***\n[9 bytes are left out here]\n"],
  ])("of which a cut has left %s is masked", (_what, log, expected) => {
    expect(redact(log, ["hunter2", "héé"])).toBe(expected);
  });
});
