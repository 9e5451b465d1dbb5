import { describe, expect, it } from "vitest";
import { readChecksums } from "#src/domain/checksum-list";

const [a, b] = ["a".repeat(64), "b".repeat(64)];

describe("a checksum list", () => {
  it("BLD-07: tells the digest of each name, in text and in binary mode", () => {
    const list = readChecksums(`${a}  tide 1.tar.gz\r\n${b.toUpperCase()} *./tide.zip\n\n`);
    expect([...list]).toEqual([
      ["tide 1.tar.gz", a],
      ["tide.zip", b],
    ]);
  });

  it("may name a file twice with one digest", () => {
    expect(readChecksums(`${a}  x\n${a}  x\n`).size).toBe(1);
  });

  it.each([
    ["a short digest", "abc  x"],
    ["one blank", `${a} x`],
    ["no name", `${a}  `],
    ["a name with two digests", `${a}  x\n${b}  x`],
  ])("is refused with %s", (_what, text) => {
    expect(() => readChecksums(text)).toThrow(RangeError);
  });
});
