import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { conclude, decidingCode } from "#src/domain/verdict";
import { aRelease, aSha } from "#src/testing/builders";
import { type PackedFile, tarOf } from "#src/testing/tarball";
import { openCrate } from "./crate.ts";

const policy = {
  release: { ...aRelease(), tag: "v1.1.0", version: "1.1.0" },
  packages: ["tide"],
  programs: [],
  tree: [],
  image: "",
};
const folder = "tide-1.1.0";
const manifest = (name = "tide", version = "1.1.0", path = folder): PackedFile => ({
  path: `${path}/Cargo.toml`,
  content: `[package]\nname = "${name}"\nversion = "${version}"\n`,
});
const note = (git: object = { sha1: aSha() }): PackedFile => ({
  path: `${folder}/.cargo_vcs_info.json`,
  content: JSON.stringify({ git, path_in_vcs: "" }),
});
const open = (...files: PackedFile[]) =>
  openCrate({ name: "tide-1.1.0.crate", bytes: gzipSync(tarOf(files)), path: "" }, policy);

describe("a crate", () => {
  it("BLD-08: passes when it was packed from the released commit, as the channel's package in this version", () => {
    const opening = open(manifest(), note());
    expect(opening.package).toBe("tide");
    expect(conclude(opening.checks).result).toBe("pass");
    expect(opening.checks.at(-1)?.because).toContain(aSha());
  });

  it.each<[string, PackedFile[], string]>([
    ["BLD-02 F12: from another commit", [manifest(), note({ sha1: aSha("b") })], "build.sha-mismatch"],
    ["BLD-02: from changed files", [manifest(), note({ sha1: aSha(), dirty: true })], "build.sha-mismatch"],
    ["BLD-09: that does not say its commit", [manifest()], "build.metadata-missing"],
    ["BLD-09: whose note has another form", [manifest(), note({})], "build.metadata-missing"],
    ["BLD-03: of another version", [manifest("tide", "1.1.1", "tide-1.1.1")], "build.version-mismatch"],
    ["BLD-03: of another package", [manifest("tides", "1.1.0", "tides-1.1.0")], "build.version-mismatch"],
    ["BLD-08: whose folder is another", [manifest("tide", "1.1.1")], "build.archive-broken"],
    ["BLD-08: without Cargo.toml", [note()], "build.archive-broken"],
    ["BLD-08: with a Cargo.toml that is no TOML", [{ ...manifest(), content: "[" }], "build.archive-broken"],
    ["BLD-08: with a Cargo.toml without package", [{ ...manifest(), content: "" }], "build.archive-broken"],
  ])("is refused %s", (_what, files, code) => {
    const refused = open(...files).checks.filter(({ result }) => result !== "pass");
    expect(refused.map((check) => check.code)).toContain(code);
  });

  it("BLD-08: is refused when it does not open", () => {
    const { checks } = openCrate({ name: "tide-1.1.0.crate", bytes: new TextEncoder().encode("x"), path: "" }, policy);
    expect(decidingCode(checks)).toBe("build.archive-broken");
  });
});
