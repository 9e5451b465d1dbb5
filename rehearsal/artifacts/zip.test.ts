import { describe, expect, it } from "vitest";
import { readZip, writeZip } from "./zip.ts";

describe("a zip archive", () => {
  it("gives back names and contents that were written", () => {
    const entries = [
      { name: "a/ü.txt", content: Buffer.from("one") },
      { name: "empty", content: Buffer.alloc(0) },
      { name: "large", content: Buffer.alloc(200_000, "x") },
    ];
    expect(readZip(writeZip(entries))).toEqual(entries);
  });

  it("is refused when the bytes are none", () => {
    expect(() => readZip(Buffer.from("no archive at all"))).toThrow("end of central directory");
  });
});
