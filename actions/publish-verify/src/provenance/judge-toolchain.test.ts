import { describe, expect, it } from "vitest";
import { type BuiltWith, buildManifestSchema } from "#src/domain/build-manifest";
import type { Pin } from "#src/domain/toolchain";
import { aBuiltFile, manifestText } from "#src/testing/build-builders";
import { judgeToolchain } from "./judge-toolchain.ts";

const rust: Pin = { id: "rust", run: "rustc --version", version: "1.88.0", kinds: null };
const said = (text: string): BuiltWith => ({ id: "rust", version: "1.88.0", said: text });
const aBuild = (name: string, toolchain: BuiltWith[]) => {
  const manifest = buildManifestSchema.parse(JSON.parse(manifestText([aBuiltFile()], { toolchain })));
  return { name, manifest, carried: new Map() };
};
const endingOf = (pin: Pin, ...builds: ReturnType<typeof aBuild>[]) =>
  judgeToolchain({ pins: [pin], builds }).map(({ result, code }) => [result, code]);

describe("the tools of a build, before it is published", () => {
  it("BLD-06 F38: pass where every build had the pinned one", () => {
    expect(endingOf(rust, aBuild("a", [said("rustc 1.88.0")]), aBuild("b", [said("rustc 1.88.0")]))).toEqual([
      ["pass", undefined],
    ]);
  });

  it("BLD-06 F37: block where one build had another, whatever its own record called the pin", () => {
    expect(endingOf(rust, aBuild("a", [said("rustc 1.88.0")]), aBuild("b", [said("rustc 1.89.0")]))).toEqual([
      ["fail", "build.toolchain-mismatch"],
    ]);
  });

  it.each<[what: string, pin: Pin, builds: ReturnType<typeof aBuild>[]]>([
    ["a build says nothing of it", rust, [aBuild("a", [said("rustc 1.88.0")]), aBuild("b", [])]],
    ["nothing was built that it makes", { ...rust, kinds: ["wheel"] }, [aBuild("a", [])]],
    ["there is no build", rust, []],
  ])("BLD-06: cannot tell, and block, where %s", (_what, pin, builds) => {
    expect(endingOf(pin, ...builds)).toEqual([["inconclusive", "build.toolchain-unknown"]]);
  });

  it("BLD-06: are not asked of builds of other kinds", () => {
    const wheel = buildManifestSchema.parse(JSON.parse(manifestText([aBuiltFile({ kind: "wheel" })])));
    const pin: Pin = { ...rust, kinds: ["npm"] };
    const builds = [
      aBuild("a", [said("rustc 1.88.0")]),
      { name: "w", manifest: { ...wheel, toolchain: [] }, carried: new Map() },
    ];
    expect(endingOf(pin, ...builds)).toEqual([["pass", undefined]]);
  });
});
