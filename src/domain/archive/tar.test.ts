import { describe, expect, it } from "vitest";
import { readTar } from "#src/domain/archive/tar";
import { tarOf } from "#src/testing/tarball";

const long = `package/${"deep/".repeat(30)}file.js`;
const pax = (key: string, value: string) => {
  const rest = ` ${key}=${value}\n`;
  const digits = String(rest.length + String(rest.length + 3).length);
  return `${digits}${rest}`;
};

describe("an archive", () => {
  it("reads as its entries, with mode and content", () => {
    const [entry] = readTar(tarOf([{ path: "package/a.js", content: "1", mode: 0o755 }]));
    expect(entry).toMatchObject({ path: "package/a.js", mode: 0o755, regular: true });
    expect(new TextDecoder().decode(entry?.content)).toBe("1");
  });

  it.each([
    ["pax", { path: "PaxHeader", type: "x", content: pax("path", long) }],
    ["GNU", { path: "././@LongLink", type: "L", content: `${long}\0` }],
  ])("gives a long name by %s to the next entry only", (_how, header) => {
    const entries = readTar(tarOf([header, { path: "short", content: "1" }, { path: "next", content: "2" }]));
    expect(entries.map(({ path }) => path)).toEqual([long, "next"]);
  });

  it("leaves out a header for all entries", () => {
    const global = { path: "pax_global_header", type: "g", content: pax("comment", "abc") };
    expect(readTar(tarOf([global, { path: "a" }])).map(({ path }) => path)).toEqual(["a"]);
  });

  it("tells a link from a regular file", () => {
    expect(readTar(tarOf([{ path: "a", type: "2" }]))[0]?.regular).toBe(false);
  });

  it.each([
    ["is cut off in an entry", tarOf([{ path: "a", content: "x".repeat(900) }]).subarray(0, 1024)],
    ["has no end", tarOf([{ path: "a" }]).subarray(0, 512)],
    ["is empty", new Uint8Array()],
    ["holds another text", new TextEncoder().encode("x".repeat(1024))],
    [
      "goes on behind its end, where other readers would still read",
      Uint8Array.from([...tarOf([{ path: "a" }]).subarray(0, 1024), ...tarOf([{ path: "b", content: "evil" }])]),
    ],
    ["has one bit turned", flipped(tarOf([{ path: "a", content: "1" }]))],
  ])("BLD-08: is refused when it %s", (_what, bytes) => {
    expect(() => readTar(bytes)).toThrow(RangeError);
  });
});

function flipped(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte, index) => (index === 0 ? byte ^ 1 : byte));
}
