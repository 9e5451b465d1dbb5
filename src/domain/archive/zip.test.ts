import { describe, expect, it } from "vitest";
import { readArchive } from "#src/domain/archive/read-archive";
import { listZip } from "#src/domain/archive/zip";
import { tarballOf } from "#src/testing/tarball";
import { zipOf } from "#src/testing/zip";

const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);
const directory = (zip: Uint8Array) => Buffer.from(zip).indexOf("PK\u0001\u0002");
const patched = (zip: Uint8Array, field: number, value: number) => {
  const bytes = Buffer.from(zip);
  bytes.writeUInt32LE(value, directory(zip) + field);
  return bytes;
};

describe("an archive that is opened", () => {
  it("gives the content and the bits of each entry of a zip", () => {
    const [program, note] = readArchive(zipOf({ "bin/tide": "#!/bin/sh\n", note: "n" }, { "bin/tide": 0o755 }));
    expect([program?.path, program?.mode, text(program?.content)]).toEqual(["bin/tide", 0o755, "#!/bin/sh\n"]);
    expect([note?.mode, note?.regular, text(note?.content)]).toEqual([undefined, true, "n"]);
  });

  it("gives the same of a gzipped tar", () => {
    const [, program] = readArchive(tarballOf({}, [{ path: "tide", content: "x", mode: 0o755 }]));
    expect(program).toMatchObject({ path: "tide", mode: 0o755, regular: true });
  });

  it("tells a link in a zip from a file", () => {
    const zip = zipOf({ link: "tide" }, { link: 0o777 });
    expect(listZip(patched(zip, 38, (0o120777 << 16) >>> 0))[0]?.regular).toBe(false);
  });

  it.each([
    ["has one bit of its content turned", broken(zipOf({ note: "many words, many words" }))],
    ["tells another checksum", patched(zipOf({ note: "n" }), 16, 1)],
    ["tells another size", patched(zipOf({ note: "n" }), 24, 7)],
    ["tells a smaller size than it unpacks to", patched(zipOf({ note: "x".repeat(5_000) }), 24, 10)],
    ["is packed by a method that nobody here knows", patched(zipOf({ note: "n" }), 8, 14 << 16)],
    ["is no archive", new TextEncoder().encode("text")],
    ["is a gzip of no tar", tarballOf({}).subarray(0, 30)],
  ])("BLD-08: is refused when it %s", (_what, bytes) => {
    expect(() => readArchive(bytes)).toThrow(RangeError);
  });
});

function broken(zip: Uint8Array): Uint8Array {
  const bytes = Uint8Array.from(zip);
  bytes[36] = (bytes[36] ?? 0) ^ 0xff;
  return bytes;
}
