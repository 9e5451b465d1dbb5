import { describe, expect, it } from "vitest";
import { hexDigest } from "#src/domain/digest";
import { goDirhash } from "#src/domain/go-dirhash";

const bytes = (text: string) => new TextEncoder().encode(text);

describe("the digest of a Go module", () => {
  it("BLD-08: is that of the list of its files, by the bytes of their paths", () => {
    const files = new Map(["b", "a", "\u{1f600}", "\uffee"].map((path) => [path, bytes(path)]));
    const { list, h1 } = goDirhash(files);
    expect(list.split("\n").map((line) => line.slice(66))).toEqual(["a", "b", "\uffee", "\u{1f600}", ""]);
    expect(list.split("\n")[0]).toBe(`${hexDigest("sha256", "a")}  a`);
    expect(Buffer.from(h1.slice(3), "base64").toString("hex")).toBe(hexDigest("sha256", list));
  });

  it("is that of nothing for no file", () => {
    expect(goDirhash(new Map()).h1).toBe("h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
  });

  it("is refused for a path with a line break", () => {
    expect(() => goDirhash(new Map([["a\nb", bytes("")]]))).toThrow(RangeError);
  });
});
