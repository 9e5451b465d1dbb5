import { describe, expect, it } from "vitest";
import { readArchive } from "#src/domain/archive/read-archive";
import { readTar } from "#src/domain/archive/tar";
import { goDirhash } from "#src/domain/go-dirhash";
import { moduleFiles } from "#src/domain/go-module-files";
import { conclude, decidingCode } from "#src/domain/verdict";
import { aRelease } from "#src/testing/builders";
import { tarOf } from "#src/testing/tarball";
import { zipOf } from "#src/testing/zip";
import { openGoModule } from "./go-module.ts";

const goMod = (go = "1.24") => `module example.com/tide // of all tables\n\ngo ${go}\n`;
const treeOf = (files: Record<string, string>) =>
  readTar(tarOf(Object.entries(files).map(([path, content]) => ({ path, content }))));
const policy = {
  release: { ...aRelease(), tag: "v1.1.0", version: "1.1.0" },
  packages: ["example.com/tide"],
  programs: [],
  image: "",
};
const open = (files: Record<string, string>, path = "go.mod", overrides: Partial<typeof policy> = {}) =>
  openGoModule({ name: path, path, bytes: new Uint8Array() }, { ...policy, tree: treeOf(files), ...overrides });
const own = { "go.mod": goMod(), "main.go": "package main\n" };
const kept = (files: Record<string, string>, folder = "") => [...moduleFiles(treeOf(files), folder).keys()].sort();

describe("a Go module in the tree", () => {
  it("BLD-08: is recorded by the digest that Go's checksums name, and by its list of files", () => {
    const { entry, registry, package: name, checks } = open(own);
    const { list, h1 } = goDirhash(
      new Map(
        Object.entries(own).map(([path, text]) => [`example.com/tide@v1.1.0/${path}`, new TextEncoder().encode(text)]),
      ),
    );
    expect([entry?.name, name, registry]).toEqual(["example.com/tide@v1.1.0", "example.com/tide", h1]);
    expect(new TextDecoder().decode(entry?.bytes)).toBe(list);
    expect(conclude(checks).result).toBe("pass");
  });

  it("SMK-10: travels packed as a proxy would serve it, under the same sum", () => {
    const { travels = [], registry } = open({ ...own, "below/go.mod": goMod() });
    expect(travels.map(({ name }) => name)).toEqual(["modules/example.com/tide@v1.1.0.zip"]);
    const packed = travels
      .flatMap(({ content }) => readArchive(content))
      .map(({ path, content }) => [path, content] as const);
    expect(goDirhash(new Map(packed)).h1).toBe(registry);
  });

  it.each<[string, Record<string, string>, string, string]>([
    [
      "of another path than the channel's",
      { ...own, "go.mod": "module example.com/tides\n" },
      "go.mod",
      "build.version-mismatch",
    ],
    ["whose go.mod names none", { "go.mod": "go 1.24\n" }, "go.mod", "build.archive-broken"],
    ["whose go.mod is not committed", { "main.go": "" }, "go.mod", "build.archive-broken"],
    ["in a folder that the tag does not name", { "sub/go.mod": goMod() }, "sub/go.mod", "build.version-mismatch"],
    ["with two paths that differ in case alone", { ...own, "a.go": "", "A.go": "" }, "go.mod", "build.archive-broken"],
  ])("BLD-03 BLD-08: is refused %s", (_what, files, path, code) => {
    expect(decidingCode(open(files, path).checks)).toBe(code);
  });

  it("BLD-03: is found in a folder by a tag that begins with it", () => {
    const release = { ...policy.release, tag: "sub/v1.1.0" };
    expect(conclude(open({ "sub/go.mod": goMod() }, "sub/go.mod", { release }).checks).result).toBe("pass");
  });

  it("leaves out modules below it, and takes the repository's licence where it has none", () => {
    const files = { LICENSE: "MIT", "go.mod": goMod(), "sub/go.mod": goMod(), "sub/a.go": "", "sub/deep/Go.Mod": "" };
    expect(kept(files)).toEqual(["LICENSE", "go.mod"]);
    expect(kept(files, "sub/")).toEqual(["LICENSE", "a.go", "go.mod"]);
  });

  it.each([
    ["1.24", ["go.mod", "pkg/vendor/a.go", "vendor/a.txt"]],
    ["1.23", ["go.mod", "vendor/a.txt", "vendor/modules.txt"]],
  ])("leaves out vendored packages as Go %s does", (go, paths) => {
    const vendored = ["vendor/a.txt", "vendor/modules.txt", "vendor/x/a.go", "pkg/vendor/a.go", "pkg/vendor/x/a.go"];
    const files = Object.fromEntries(vendored.map((path) => [path, ""]));
    expect(kept({ ...files, "go.mod": goMod(go) })).toEqual(paths);
  });
});

describe("a module zip", () => {
  const at = (files: Record<string, string>) =>
    Object.fromEntries(Object.entries(files).map(([path, text]) => [`example.com/tide@v1.1.0/${path}`, text]));
  const openZip = (files: Record<string, string>) =>
    openGoModule({ name: "tide.zip", path: "out/tide.zip", bytes: zipOf(files) }, { ...policy, tree: [] });

  it("BLD-08: is recorded by the same digest as its tree", () => {
    const { registry, entry, checks } = openZip(at(own));
    expect([registry, entry]).toEqual([open(own).registry, undefined]);
    expect(conclude(checks).result).toBe("pass");
  });

  it.each([
    ["a file outside of its folder", { ...at(own), "example.com/tide@v1.0.0/a": "" }, "build.archive-broken"],
    ["no go.mod", at({ "main.go": "" }), "build.archive-broken"],
    ["another module in go.mod", at({ "go.mod": "module example.com/tides\n" }), "build.archive-broken"],
  ])("BLD-08: is refused with %s", (_what, files, code) => {
    expect(decidingCode(openZip(files).checks)).toBe(code);
  });

  it("BLD-03: is refused in another version", () => {
    const zip = Object.fromEntries(
      Object.entries(at(own)).map(([path, text]) => [path.replace("v1.1.0", "v1.1.1"), text]),
    );
    expect(decidingCode(openZip(zip).checks)).toBe("build.version-mismatch");
  });
});
