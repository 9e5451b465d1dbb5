import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { listArchive } from "#src/domain/archive/list-archive";
import { tarballOf, tarOf } from "#src/testing/tarball";
import { zipOf } from "#src/testing/zip";

const files = { "tide-1.0.dist-info/LICENSE": "MIT", "tide/": "", "tide/a.py": "" };

describe("an archive", () => {
  it("is listed as a gzipped tar, folders and links left out", () => {
    const archive = tarballOf({}, [
      { path: "package/LICENSE", content: "MIT" },
      { path: "package/link", type: "2" },
    ]);
    expect(listArchive(archive)).toEqual([
      { path: "package/package.json", size: 2 },
      { path: "package/LICENSE", size: 3 },
    ]);
  });

  it("is listed as a zip, folders left out", () => {
    expect(listArchive(zipOf(files))).toEqual([
      { path: "tide-1.0.dist-info/LICENSE", size: 3 },
      { path: "tide/a.py", size: 0 },
    ]);
  });

  it("is listed as a zip with a comment", () => {
    const archive = Buffer.from(zipOf(files));
    archive.writeUInt16LE(2, archive.length - 2);
    expect(listArchive(Buffer.concat([archive, Buffer.from("hi")]))).toHaveLength(2);
  });

  it.each([
    ["other bytes", Buffer.from("hello")],
    ["nothing", new Uint8Array()],
    ["a gzip of no tar", gzipSync("hello")],
    ["a gzip that is cut off", tarballOf({}).subarray(0, 40)],
    ["a tar without its end", gzipSync(tarOf([]).subarray(0, 100))],
    ["a zip that is cut off", zipOf(files).subarray(0, 60)],
    ["a zip with bytes after its end", Buffer.concat([zipOf(files), Buffer.from("x")])],
    ["a zip whose directory names another file than its header", renamed(zipOf(files))],
    ["a zip of several disks", patched(zipOf(files), 4, 1)],
    ["a zip64", patched(zipOf(files), 10, 0xffff)],
    ["a zip that counts more than it lists", patched(zipOf(files), 10, 9)],
  ])("is refused as %s", (_what, bytes) => {
    expect(() => listArchive(bytes)).toThrow(RangeError);
  });

  it("is listed or refused, whatever bytes it has", () => {
    const whole = zipOf(files);
    const changes = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 6 });
    fc.assert(
      fc.property(changes, (patches) => {
        const bytes = Uint8Array.from(whole);
        for (const [at, value] of patches) bytes[at] = value;
        expect(["listed", "refused"]).toContain(attempt(bytes));
      }),
    );
  });
});

function renamed(zip: Uint8Array): Uint8Array {
  return Buffer.from(Buffer.from(zip).toString("latin1").replace("LICENSE", "LICENCE"), "latin1");
}

function patched(zip: Uint8Array, field: number, value: number): Uint8Array {
  const bytes = Buffer.from(zip);
  bytes.writeUInt16LE(value, bytes.length - 22 + field);
  return bytes;
}

function attempt(bytes: Uint8Array): unknown {
  try {
    listArchive(bytes);
    return "listed";
  } catch (thrown) {
    return thrown instanceof RangeError ? "refused" : thrown;
  }
}
