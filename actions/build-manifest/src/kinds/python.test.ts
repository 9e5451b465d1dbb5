import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { conclude, decidingCode } from "#src/domain/verdict";
import { aRelease } from "#src/testing/builders";
import { type PackedFile, tarOf } from "#src/testing/tarball";
import { zipOf } from "#src/testing/zip";
import { openSdist } from "./sdist.ts";
import { openWheel } from "./wheel.ts";

const releaseOf = (version: string) => ({ ...aRelease(), tag: `v${version}`, version });
const policyOf = (version = "1.1.0", packages = ["Tide.Table"]) => ({
  release: releaseOf(version),
  packages,
  programs: [],
  tree: [],
  image: "",
});
const metadata = (name = "tide-table", version = "1.1.0") =>
  `Metadata-Version: 2.4\nName: ${name}\nVersion: ${version}\nDynamic: Name\n\nName: other\n`;
const sha256 = (text: string) => createHash("sha256").update(text).digest("base64url");

const wheelName = "tide_table-1.1.0-py3-none-any.whl";
const info = "tide_table-1.1.0.dist-info";
const wheelFiles = {
  "tide_table/__init__.py": "",
  [`${info}/METADATA`]: metadata(),
  [`${info}/WHEEL`]: "Wheel-Version: 1.0\nTag: py3-none-any\n",
};
const recordOf = (files: Record<string, string>) =>
  [
    ...Object.entries(files).map(([path, text]) => `"${path}",sha256=${sha256(text)},${text.length}`),
    `${info}/RECORD,,`,
  ].join("\n");
const wheelOf = (files: Record<string, string> = wheelFiles, record = recordOf(files)) =>
  zipOf({ ...files, [`${info}/RECORD`]: record });
const openNamed = (name: string, bytes: Uint8Array, policy = policyOf()) =>
  openWheel({ name, bytes, path: "" }, policy);
const judge = (bytes: Uint8Array, policy = policyOf()) => openNamed(wheelName, bytes, policy).checks;

describe("a wheel", () => {
  it("BLD-11: passes with metadata, tags and digests that agree, and gives its own name", () => {
    const opening = openNamed(wheelName, wheelOf());
    expect(opening).toMatchObject({ package: "tide-table", platform: null, registry: null });
    expect(opening.checks.map(({ id, result }) => [id, result])).toEqual([
      [`archive:${wheelName}`, "pass"],
      [`identity:${wheelName}`, "pass"],
      [`content:${wheelName}`, "pass"],
    ]);
  });

  it("BLD-11: names its platform, and stands for every tag of its name", () => {
    const tags = "Tag: cp312-cp312-linux_x86_64\nTag: cp312-cp312-manylinux_2_17_x86_64\n";
    const files = { ...wheelFiles, [`${info}/WHEEL`]: tags };
    const name = "tide_table-1.1.0-1-cp312-cp312-linux_x86_64.manylinux_2_17_x86_64.whl";
    const opening = openNamed(name, wheelOf(files));
    expect(opening.platform).toBe("linux_x86_64.manylinux_2_17_x86_64");
    expect(conclude(opening.checks).result).toBe("pass");
  });

  it("BLD-03: is held against the version as Python spells it", () => {
    const checks = judge(wheelOf(), policyOf("1.1.0-rc.1"));
    expect(checks[1]).toMatchObject({
      code: "build.version-mismatch",
      because: "expected tide-table@1.1.0rc1, found tide-table@1.1.0",
    });
  });

  it.each<[string, Record<string, string>, string | undefined]>([
    [
      "METADATA that names another package than the file",
      { ...wheelFiles, [`${info}/METADATA`]: metadata("tides") },
      undefined,
    ],
    ["tags that its name does not carry", { ...wheelFiles, [`${info}/WHEEL`]: "Tag: py2-none-any\n" }, undefined],
    ["no tags", { ...wheelFiles, [`${info}/WHEEL`]: "Wheel-Version: 1.0\n" }, undefined],
    ["a file that RECORD does not list", { ...wheelFiles, "tide_table/more.py": "" }, recordOf(wheelFiles)],
    ["a listed file that is missing", wheelFiles, recordOf({ ...wheelFiles, "tide_table/more.py": "" })],
    ["other bytes than RECORD says", { ...wheelFiles, "tide_table/__init__.py": "evil" }, recordOf(wheelFiles)],
    ["a row of RECORD without digest", wheelFiles, recordOf(wheelFiles).replace(/sha256=[^,]*/, "")],
    ["a row of RECORD with a weak digest", wheelFiles, recordOf(wheelFiles).replace("sha256=", "md5=")],
    ["a row of RECORD with another size", wheelFiles, recordOf(wheelFiles).replace(/,0\n/, ",7\n")],
  ])("BLD-11: is refused with %s", (_what, files, record) => {
    expect(judge(wheelOf(files, record)).at(-1)).toMatchObject({ result: "fail", code: "build.package-check-failed" });
  });

  it.each([
    ["a name of another form", "tide.whl", wheelOf()],
    ["bytes of no archive", wheelName, new TextEncoder().encode("x")],
    ["no METADATA", wheelName, wheelOf({ [`${info}/WHEEL`]: "" })],
    ["no WHEEL", wheelName, wheelOf({ [`${info}/METADATA`]: metadata() })],
    ["no .dist-info", wheelName, zipOf({ "tide_table/__init__.py": "" })],
    ["two folders .dist-info", wheelName, wheelOf({ ...wheelFiles, "other-1.0.dist-info/METADATA": "" })],
    ["metadata without a version", wheelName, wheelOf({ ...wheelFiles, [`${info}/METADATA`]: "Name: tide-table\n" })],
  ])("BLD-08 F32: does not open with %s", (_what, name, bytes) => {
    expect(openNamed(name, bytes).checks).toMatchObject([{ result: "fail", code: "build.archive-broken" }]);
  });

  it("is inconclusive when no channel names the package", () => {
    expect(decidingCode(judge(wheelOf(), policyOf("1.1.0", [])))).toBe("publish.no-channel");
  });
});

describe("an sdist", () => {
  const folder = "tide_table-1.1.0";
  const sdist = (files: PackedFile[] = [{ path: `${folder}/PKG-INFO`, content: metadata() }]) => gzipSync(tarOf(files));
  const open = (bytes: Uint8Array, name = `${folder}.tar.gz`) => openSdist({ name, bytes, path: "" }, policyOf());

  it("BLD-11: passes with PKG-INFO that agrees with name, channel and release", () => {
    const opening = open(sdist());
    expect(opening.package).toBe("tide-table");
    expect(conclude(opening.checks).result).toBe("pass");
  });

  it.each([
    [
      "another version in PKG-INFO",
      [{ path: `${folder}/PKG-INFO`, content: metadata("tide-table", "1.1.1") }],
      "build.version-mismatch",
    ],
    [
      "another package in PKG-INFO",
      [{ path: `${folder}/PKG-INFO`, content: metadata("tide") }],
      "build.version-mismatch",
    ],
    ["no PKG-INFO", [{ path: `${folder}/setup.py` }], "build.archive-broken"],
    [
      "two folders",
      [{ path: `${folder}/PKG-INFO`, content: metadata() }, { path: "more/a.py" }],
      "build.archive-broken",
    ],
    [
      "files outside of its folder",
      [{ path: `${folder}/PKG-INFO`, content: metadata() }, { path: "a.py" }],
      "build.archive-broken",
    ],
  ])("BLD-11: is refused with %s", (_what, files, code) => {
    expect(decidingCode(open(sdist(files)).checks)).toBe(code);
  });

  it("BLD-11: is refused under a name of another version", () => {
    expect(decidingCode(open(sdist(), "tide_table-1.2.0.tar.gz").checks)).toBe("build.package-check-failed");
  });
});
