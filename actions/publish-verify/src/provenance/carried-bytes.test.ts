import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { hexDigest } from "#src/domain/digest";
import { goDirhash } from "#src/domain/go-dirhash";
import { aBuiltFile } from "#src/testing/build-builders";
import { tarOf } from "#src/testing/tarball";
import { carriedBytes } from "./carried-bytes.ts";
import type { Build } from "./facts.ts";

const encode = (text: string) => new TextEncoder().encode(text);
const manifest = encode('{"schemaVersion":2}');
const image = aBuiltFile({ kind: "image", name: "team/app", sha256: hexDigest("sha256", manifest) });
const place = `blobs/sha256/${image.sha256}`;

function aBuild(carried: Record<string, Uint8Array>): Build {
  const named = { tag: "v1.1.0", version: "1.1.0", commit: "a".repeat(40), run: "7", workflow: "" };
  const files = { schema: "seaworthy-build-manifest/1" as const, ...named, toolchain: [], files: [image] };
  return { name: "build-manifest", manifest: files, carried: new Map(Object.entries(carried)) };
}

describe("what travels beside a manifest", () => {
  it.each<[form: string, carried: Record<string, Uint8Array>]>([
    ["a folder", { [`images/app/${place}`]: manifest, "images/app/index.json": encode("{}") }],
    ["a tar", { "images/app.tar": tarOf([{ path: `./${place}`, content: manifest }]) }],
  ])("PUB-14: holds an image's manifest in a layout that is %s", (_form, carried) => {
    expect(Buffer.from(carriedBytes(aBuild(carried), image) ?? [])).toEqual(Buffer.from(manifest));
  });

  it("PUB-14: lacks an image whose layout has another one", () => {
    expect(carriedBytes(aBuild({ "images/app/blobs/sha256/0": manifest }), image)).toBeUndefined();
    expect(carriedBytes(aBuild({ "images/app.tar": encode("no tar") }), image)).toBeUndefined();
  });

  it("PUB-14: holds a module as what its checksum is taken of, and lacks one that does not open", () => {
    const file = aBuiltFile({ kind: "go-module", name: "example.com/tide@v1.1.0" });
    const path = "example.com/tide@v1.1.0/go.mod";
    const packed = tarOf([{ path, content: "module example.com/tide\n" }]);
    const list = goDirhash(new Map([[path, encode("module example.com/tide\n")]])).list;
    const gzipped = aBuild({ [`modules/${file.name}.zip`]: gzipSync(packed) });
    expect(carriedBytes(gzipped, file)).toEqual(encode(list));
    expect(carriedBytes(aBuild({ [`modules/${file.name}.zip`]: packed }), file)).toBeUndefined();
    expect(carriedBytes(aBuild({}), file)).toBeUndefined();
  });
});
