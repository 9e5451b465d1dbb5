import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { conclude, decidingCode } from "#src/domain/verdict";
import { aRelease } from "#src/testing/builders";
import { tarballOf, tarOf } from "#src/testing/tarball";
import type { OpeningPolicy } from "../opening.ts";
import { openNpm } from "./npm.ts";

const release = { ...aRelease(), tag: "v1.1.0", version: "1.1.0" };
const policy = { release, packages: ["tide"], programs: [], tree: [], image: "" };
const judge = (bytes: Uint8Array, given: OpeningPolicy = policy) =>
  openNpm({ name: "tide.tgz", bytes, path: "" }, given).checks;
const cli = { path: "package/cli.js", content: "#!/usr/bin/env node\n" };
const fields = { name: "tide", version: "1.1.0" };

describe("a tarball", () => {
  it("passes as the channel's package in the released version", () => {
    const checks = judge(tarballOf({ ...fields, bin: { tide: "./cli.js" } }, [{ ...cli, mode: 0o755 }]));
    expect(checks.map(({ id, result }) => [id, result])).toEqual([
      ["archive:tide.tgz", "pass"],
      ["identity:tide.tgz", "pass"],
      ["programs:tide.tgz", "pass"],
    ]);
  });

  it.each([
    ["text instead of gzip", new TextEncoder().encode("not an archive")],
    ["a gzip that is cut off", tarballOf(fields).subarray(0, 20)],
    ["a link that leaves the package", tarballOf(fields, [{ path: "package/x", type: "2", link: "../../x" }])],
    ["a file outside of the package", tarballOf(fields, [{ path: "package/../../x" }])],
    ["no package.json", gzipSync(tarOf([{ path: "package/cli.js" }]))],
    ["a package.json without a name", tarballOf({ version: "1.1.0" })],
    ["a package.json without a version", tarballOf({ name: "tide" })],
  ])("BLD-08 F32: fails with %s", (_what, bytes) => {
    expect(judge(bytes)).toMatchObject([{ result: "fail", code: "build.archive-broken" }]);
  });

  it.each([
    ["another version", { ...fields, version: "1.1.10" }],
    ["another package", { ...fields, name: "tides" }],
  ])("BLD-03: fails with %s", (_what, packed) => {
    expect(decidingCode(judge(tarballOf(packed)))).toBe("build.version-mismatch");
  });

  it("passes as the package of any npm channel", () => {
    expect(conclude(judge(tarballOf(fields), { ...policy, packages: ["other", "tide"] })).result).toBe("pass");
  });

  it("ALL-10: passes in the other spelling of the released version", () => {
    const given = { ...policy, release: { ...release, version: "1.1.0rc1" } };
    expect(conclude(judge(tarballOf({ ...fields, version: "1.1.0-rc.1" }), given)).result).toBe("pass");
  });

  it("is inconclusive when no channel names a package", () => {
    const checks = judge(tarballOf(fields), { ...policy, packages: [] });
    expect(conclude(checks).result).toBe("inconclusive");
    expect(decidingCode(checks)).toBe("publish.no-channel");
  });

  it.each([
    ["all execute bits", 0o644],
    ["the execute bit of others", 0o754],
  ])("BLD-08 F33: reports that a program has lost %s, which the npm client sets again", (_what, mode) => {
    const checks = judge(tarballOf({ ...fields, bin: "cli.js" }, [{ ...cli, mode }]));
    expect(checks.find(({ result }) => result === "fail")).toMatchObject({ code: "build.mode-lost", required: false });
    expect(conclude(checks).result).toBe("pass");
  });

  it("BLD-08: fails when a program is not in the archive", () => {
    expect(decidingCode(judge(tarballOf({ ...fields, bin: "cli.js" })))).toBe("build.artifact-missing");
  });

  it("is judged by the later of two entries with one path, as unpacking leaves that one", () => {
    const second = { path: "package/package.json", content: JSON.stringify({ ...fields, version: "6.6.6" }) };
    expect(decidingCode(judge(tarballOf(fields, [second])))).toBe("build.version-mismatch");
  });
});
