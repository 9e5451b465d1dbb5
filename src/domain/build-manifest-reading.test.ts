import { describe, expect, it } from "vitest";
import { requireBuiltFiles } from "#src/domain/build-manifest-reading";
import { aBuild, aBuiltFile } from "#src/testing/build-builders";
import { anArrival, aRecord, aRelease, aSha } from "#src/testing/builders";

const read = (...builds: Parameters<typeof aBuild>[]) =>
  requireBuiltFiles({ admitted: builds.map((one) => aBuild(...one)), refused: [] }, aRelease());

describe("the built files of a ledger", () => {
  it("are those of every leg", () => {
    const files = read(
      [[aBuiltFile()]],
      [[aBuiltFile({ name: "dist/index.js", kind: "git-tree", package: null })], { leg: "tree" }],
    );
    expect(files.map(({ name }) => name)).toEqual(["dist/index.js", "tide-1.1.0.tgz"]);
  });

  it("F32: are one file where two legs made the same bytes under one name", () => {
    expect(read([[aBuiltFile()]], [[aBuiltFile()], { leg: "again" }])).toEqual([aBuiltFile()]);
  });

  it("F32: are refused where two legs made other bytes under one name", () => {
    const other = aBuiltFile({ sha256: "9".repeat(64), platform: "linux_arm64" });
    expect(() => read([[aBuiltFile()]], [[other], { leg: "arm" }])).toThrow(
      expect.objectContaining({ code: "build.artifact-duplicate" }),
    );
  });

  it("F32: may go by one name for several platforms, as an image does", () => {
    const images = ["linux/amd64", "linux/arm64", null].map((platform, at) =>
      aBuiltFile({ name: "tide", kind: "image", platform, sha256: String(at).repeat(64) }),
    );
    expect(read([images])).toHaveLength(3);
  });

  it("ALL-02: are missing without a record", () => {
    expect(() => read()).toThrow(expect.objectContaining({ code: "all.evidence-missing" }));
  });

  it("ALL-02: are missing when the record has no manifest", () => {
    const bare = anArrival(aRecord({ stage: "build-manifest" }));
    expect(() => requireBuiltFiles({ admitted: [bare], refused: [] }, aRelease())).toThrow(
      expect.objectContaining({ code: "all.evidence-missing" }),
    );
  });

  it.each<[string, Parameters<typeof aBuild>]>([
    ["of a build that failed", [[aBuiltFile()], { verdict: { result: "fail", "decided-by": ["files"] } }]],
    ["of another commit", [[aBuiltFile()], {}, { commit: aSha("b") }]],
    ["of another tag", [[aBuiltFile()], {}, { tag: "v1.1.1" }]],
    ["of another version", [[aBuiltFile()], {}, { version: "1.1.1" }]],
    ["of a manifest with a malformed digest", [[aBuiltFile({ sha256: "0" })]]],
    ["of a manifest without files", [[]]],
  ])("ALL-02: are refused %s", (_whose, build) => {
    expect(() => read(build)).toThrow(expect.objectContaining({ code: "all.evidence-mismatch" }));
  });
});
