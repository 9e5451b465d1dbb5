import { describe, expect, it } from "vitest";
import { conclude, decidingCode } from "#src/domain/verdict";
import { aRelease } from "#src/testing/builders";
import { openFormula } from "./formula.ts";

const release = { ...aRelease(), tag: "v1.1.0", version: "1.1.0" };
const policy = { release, packages: ["tide.rb"], programs: [], tree: [], image: "" };
const open = (body: string, path = "out/tide.rb") =>
  openFormula(
    { name: "tide.rb", path, bytes: new TextEncoder().encode(`class Tide < Formula\n${body}\nend\n`) },
    policy,
  );

describe("a formula that was built", () => {
  it.each([
    ["states the released version", '  version "1.1.0"\n  url "a"'],
    ["leaves it to its address", '  url "https://tide.example/1.1.0"'],
  ])("PUB-20: passes where it %s", (_what, body) => {
    const opening = open(body);
    expect([opening.package, conclude(opening.checks).result]).toEqual(["tide", "pass"]);
  });

  it.each([
    ["another version", '  version "1.0.0"\n  url "a"', "build.version-mismatch"],
    ["code that is not known", "  url BASE", "build.archive-broken"],
    ["no address", '  version "1.1.0"', "build.archive-broken"],
  ])("BLD-03 PUB-20: is refused with %s", (_what, body, code) => {
    expect(decidingCode(open(body).checks)).toBe(code);
  });

  it("BLD-03: is refused where no channel has a formula of its name", () => {
    expect(decidingCode(open('  url "a"', "out/tides.rb").checks)).toBe("build.version-mismatch");
  });
});
