import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { doubled, strayIn } from "#src/domain/archive/archive-layout";
import { readArchive } from "#src/domain/archive/read-archive";
import { type PackedFile, tarOf } from "#src/testing/tarball";
import { zipOf } from "#src/testing/zip";

const entries = (...files: PackedFile[]) => readArchive(gzipSync(tarOf(files)));
const complaint = (...files: PackedFile[]) => strayIn(entries(...files)) ?? doubled(entries(...files));
const link = (path: string, target: string): PackedFile => ({ path, link: target, type: "2" });
const tide = { path: "tide", content: "x" };

describe("the layout of an archive", () => {
  it.each([
    [
      "files in folders",
      [{ path: "./", type: "5" }, { path: "a/", type: "5" }, { path: "a/tide" }, { path: "a", type: "5" }],
    ],
    ["a link to a neighbour", [tide, link("bin/tide", "../tide")]],
    ["a link to a folder, and one to that link", [{ path: "lib.1/a" }, link("lib", "lib.1"), link("current", "lib")]],
    ["a hard link", [tide, { path: "other", type: "1", link: "tide" }]],
  ])("BLD-08: holds %s", (_what, files) => {
    expect(complaint(...files)).toBeUndefined();
  });

  it.each([
    ["a file outside", [{ path: "../tide" }], "found ../tide"],
    ["a link outside", [link("../../evil", "tide")], "found ../../evil"],
    ["a folder of the root", [{ path: "/etc/x/", type: "5" }], "found /etc/x/"],
    ["a device", [{ path: "dev", type: "3" }], "found dev of another kind"],
    ["a named pipe", [{ path: "pipe", type: "6" }], "found pipe of another kind"],
    ["a link to the root", [link("lib", "/etc")], "found lib to /etc"],
    ["a link that leaves the folder", [link("a/lib", "../../etc")], "found a/lib to ../../etc"],
    ["a link that leaves by a way round", [link("a/b", ".."), link("c", "a/b/../..")], "found c to a/b/../.."],
    [
      "a hard link that leaves the folder",
      [{ path: "x", type: "1", link: "../etc/passwd" }],
      "found x to ../etc/passwd",
    ],
    ["a file behind a link", [link("lib", "lib.1"), { path: "lib/passwd" }], "lib/passwd behind lib"],
    ["a link behind a link", [{ path: "a/b/c" }, link("a/b/d/e", "x"), link("a/b/d", ".")], "a/b/d/e behind a/b/d"],
    ["a file behind a file", [tide, { path: "tide/x" }], "tide/x behind tide"],
    ["a link in the place of a file", [tide, link("tide", "x")], "found tide twice"],
    ["a folder in the place of a file", [tide, { path: "./tide/", type: "5" }], "found tide twice"],
  ])("BLD-08 F32: is refused with %s", (_what, files, because) => {
    expect(complaint(...files)).toContain(because);
  });

  it("BLD-08: is told of links in a zip, too", () => {
    const zip = zipOf({ lib: "/etc", tide: "x" }, { lib: 0o120777, tide: 0o755 });
    expect(strayIn(readArchive(zip))).toContain("found lib to /etc");
    expect(strayIn(readArchive(zipOf({ "../": "" })))).toContain("found ../");
  });

  it("BLD-08: is judged in one pass, however many entries there are", () => {
    const many = Array.from({ length: 200_000 }, (_one, at) => ({
      ...{ path: `f${at}`, regular: true, mode: 0o644, content: new Uint8Array() },
    }));
    expect(doubled(many) ?? strayIn(many)).toBeUndefined();
  });
});
