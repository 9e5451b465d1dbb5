import { describe, expect, it } from "vitest";
import { rivalFiles } from "#src/domain/built-files";
import { aBuiltFile } from "#src/testing/build-builders";

const named = (name: string, sha256 = "a".repeat(64)) => aBuiltFile({ name, kind: "file", sha256 });

describe("files of one build that stand in each other's way", () => {
  it("BLD-08 F32: are those of one name with other bytes", () => {
    expect(rivalFiles([named("a"), named("a", "b".repeat(64))])).toEqual(["a"]);
    expect(rivalFiles([named("a"), named("a")])).toEqual([]);
  });

  it("BLD-08 F32: are those of other names that would be one asset of the release", () => {
    expect(rivalFiles([named("a b"), named("c"), named("a.b", "b".repeat(64))])).toEqual(["a b and a.b"]);
  });

  it("are no files of the tree, which become no assets", () => {
    const tree = ["dist/a b", "dist/a.b"].map((name) => aBuiltFile({ name, kind: "git-tree" }));
    expect(rivalFiles(tree)).toEqual([]);
  });
});
