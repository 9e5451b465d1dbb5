import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { conclude, decidingCode } from "#src/domain/verdict";
import { aRelease } from "#src/testing/builders";
import { elfProgram, elfShared, machProgram } from "#src/testing/program-bytes";
import { type PackedFile, tarOf } from "#src/testing/tarball";
import { zipOf } from "#src/testing/zip";
import { openArchive } from "./archive.ts";

const release = { ...aRelease(), tag: "v1.1.0", version: "1.1.0" };
const judge = (bytes: Uint8Array, programs: string[] = []) =>
  openArchive({ name: "tide.tar.gz", bytes, path: "" }, { release, packages: [], programs, tree: [], image: "" })
    .checks;
const tgz = (...files: PackedFile[]) => gzipSync(tarOf(files));
const readme = { path: "README.md", content: "tide" };
const note = tgz(readme);

describe("an archive", () => {
  it("BLD-08: passes when every entry unpacks", () => {
    expect(judge(note)).toMatchObject([{ id: "archive:tide.tar.gz", result: "pass", because: "1 file" }]);
    expect(judge(zipOf({ "README.md": "tide" }))).toMatchObject([{ result: "pass" }]);
  });

  it.each([
    ["is text", new TextEncoder().encode("tide")],
    ["is cut off", note.subarray(0, 30)],
    ["holds folders only", tgz({ path: "tide/", type: "5" })],
    ["holds a path that leaves the folder", tgz({ path: "../tide" })],
    ["holds a path from the root", tgz({ path: "/usr/bin/tide" })],
    ["holds a path of a Windows drive", zipOf({ "C:/tide": "x" })],
    ["holds a link that leaves the folder", tgz(readme, { path: "../../evil", type: "2", link: "x" })],
    ["holds a link to the root", tgz(readme, { path: "lib", type: "2", link: "/etc" })],
    ["holds a folder of the root", tgz(readme, { path: "/etc/x/", type: "5" })],
    ["holds a device", tgz(readme, { path: "dev", type: "3" })],
    ["holds a file behind a link", tgz(readme, { path: "lib", type: "2", link: "x" }, { path: "lib/passwd" })],
    ["holds a link in the place of a file", tgz(readme, { path: "README.md", type: "2", link: "x" })],
    ["holds a path twice", tgz(readme, { path: "./README.md", content: "other" })],
  ])("BLD-08 F32: is refused when it %s", (_what, bytes) => {
    expect(decidingCode(judge(bytes))).toBe("build.archive-broken");
  });

  it.each([
    ["an ELF program", elfProgram()],
    ["a position-independent ELF program", elfProgram({ type: 3 })],
    ["a 32-bit big-endian ELF program", elfProgram({ wide: false, little: false, type: 3 })],
    ["a Mach-O program", machProgram()],
    ["a Mach-O program for several architectures", machProgram({ fat: true })],
  ])("BLD-08 F33: blocks when %s has lost its execute bits", (_what, content) => {
    const lost = judge(tgz({ path: "tide", content, mode: 0o644 }));
    expect([decidingCode(lost), lost[1]?.because]).toEqual([
      "build.mode-lost",
      "expected the execute bits, found tide 644",
    ]);
    expect(conclude(judge(tgz({ path: "tide", content, mode: 0o755 }))).result).toBe("pass");
  });

  it("BLD-08 F33: blocks when a program has kept the bit of its owner only", () => {
    expect(decidingCode(judge(tgz({ path: "tide", content: elfProgram(), mode: 0o744 })))).toBe("build.mode-lost");
  });

  it("F33: blocks when a zip does not tell the bits of a program", () => {
    expect(decidingCode(judge(zipOf({ tide: elfProgram() })))).toBe("build.mode-lost");
    expect(conclude(judge(zipOf({ tide: elfProgram() }, { tide: 0o755 }))).result).toBe("pass");
  });

  it.each([
    ["a shared library", elfShared()],
    ["a program of Windows", new Uint8Array([0x4d, 0x5a, 0])],
    ["a class file of Java", new Uint8Array([0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, 65, ...new Uint8Array(40)])],
    ["the beginning of an ELF header alone", new Uint8Array([0x7f, 0x45, 0x4c, 0x46])],
  ])("asks no execute bits of %s", (_what, content) => {
    expect(conclude(judge(tgz({ path: "bin/tide", content, mode: 0o644 }))).result).toBe("pass");
  });

  it("reports a script without execute bits, and blocks when it is declared a program", () => {
    const bytes = tgz({ path: "./tools/draw", content: "#!/bin/sh\n" }, readme);
    const [, reported] = judge(bytes);
    expect(reported).toMatchObject({ code: "build.mode-lost", required: false });
    expect(decidingCode(judge(bytes, ["tools/*"]))).toBe("build.mode-lost");
  });

  it("F33: takes a program of Windows as declared without bits", () => {
    const bytes = zipOf({ "tide.exe": new Uint8Array([0x4d, 0x5a, 0]) });
    expect(conclude(judge(bytes, ["tide.exe"])).result).toBe("pass");
  });

  it("BLD-08: blocks when a declared program is not there", () => {
    expect(decidingCode(judge(note, ["tide"]))).toBe("build.artifact-missing");
  });
});
