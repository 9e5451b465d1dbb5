import { describe, expect, it } from "vitest";
import type { BuiltFile } from "#src/domain/build-manifest";
import type { EvidenceRecord } from "#src/domain/evidence";
import type { FoundFile } from "#src/ports/built-files";
import { aBuiltFile } from "#src/testing/build-builders";
import { aRecord, aRelease, aSha } from "#src/testing/builders";
import { judgeCommit, judgeMatches, judgeNames } from "./decide.ts";

const release = { ...aRelease(), tag: "v1.1.0", version: "1.1.0" };
const name = "refs/tags/v1.1.0";
const aTag = (overrides: Partial<EvidenceRecord> = {}) =>
  aRecord({ stage: "auto-tag", subjects: [{ name, digest: { gitCommit: aSha() } }], ...overrides });
const aFile = (overrides: Partial<FoundFile> = {}): FoundFile => ({
  path: "tide.tgz",
  regular: true,
  mode: "644",
  bytes: new Uint8Array(),
  ...overrides,
});

describe("the commit of a build", () => {
  it.each([
    ["passes when checkout, record and tag agree", { head: aSha(), tagged: aSha() }, aTag(), "pass", undefined],
    ["passes in a checkout that has no tags", { head: aSha(), tagged: undefined }, aTag(), "pass", undefined],
    [
      "BLD-02 F12: fails on another checkout",
      { head: aSha("b"), tagged: aSha() },
      aTag(),
      "fail",
      "build.sha-mismatch",
    ],
    [
      "BLD-02 F12: fails when the tag is elsewhere",
      { head: aSha(), tagged: aSha("b") },
      aTag(),
      "fail",
      "build.sha-mismatch",
    ],
    [
      "BLD-02: fails when the tag's record names another commit",
      { head: aSha(), tagged: undefined },
      aTag({ subjects: [{ name, digest: { gitCommit: aSha("b") } }] }),
      "fail",
      "build.sha-mismatch",
    ],
    [
      "BLD-02: fails when the tag's record names no commit",
      { head: aSha(), tagged: undefined },
      aTag({ subjects: [] }),
      "fail",
      "build.sha-mismatch",
    ],
    [
      "is inconclusive without the tag's record",
      { head: aSha(), tagged: aSha() },
      undefined,
      "inconclusive",
      "all.evidence-missing",
    ],
    [
      "fails when the tag did not pass",
      { head: aSha(), tagged: aSha() },
      aTag({ verdict: { result: "fail", "decided-by": ["tag"] } }),
      "fail",
      "all.evidence-mismatch",
    ],
  ])("%s", (_rule, at, tag, result, code) => {
    expect(judgeCommit(release, at, tag)).toMatchObject({ result, ...(code ? { code } : {}) });
  });

  it("is named in full on a mismatch, wanted and found", () => {
    const { because } = judgeCommit(release, { head: aSha("b"), tagged: undefined }, aTag());
    expect(because).toContain(aSha("a"));
    expect(because).toContain(aSha("b"));
  });
});

describe("the files of a build", () => {
  it("pass when each pattern matches", () => {
    expect(judgeMatches([{ pattern: "*.tgz", files: [aFile()] }]).result).toBe("pass");
  });

  it.each([
    ["BLD-16: fail when nothing at all is there", [{ pattern: "*.tgz", files: [] }], "publish.files-empty"],
    ["BLD-16: fail without any pattern", [], "publish.files-empty"],
    [
      "fail when one pattern of two matches nothing",
      [
        { pattern: "*.tgz", files: [aFile()] },
        { pattern: "*.zip", files: [] },
      ],
      "build.artifact-missing",
    ],
    [
      "BLD-08: fail on a file that is larger than can be read",
      [{ pattern: "*.tgz", files: [aFile({ unread: 3 * 1024 ** 3 })] }],
      "build.artifact-too-large",
    ],
    ["fail on a link", [{ pattern: "*.tgz", files: [aFile({ regular: false })] }], "build.artifact-unexpected"],
  ])("%s", (_rule, matches, code) => {
    expect(judgeMatches(matches)).toMatchObject({ result: "fail", code });
  });
});

describe("the names of built files", () => {
  it("pass when each has one content", () => {
    expect(
      judgeNames(
        new Map([
          ["a", new Set(["1"])],
          ["b", new Set(["1"])],
        ]),
        [],
      ).result,
    ).toBe("pass");
  });

  it("BLD-08 F32: fail when two files would be one asset of the release", () => {
    const digests = new Map([
      ["a b", new Set(["1"])],
      ["a.b", new Set(["2"])],
    ]);
    const files = [aBuiltFile({ name: "a b", kind: "file" }), aBuiltFile({ name: "a.b", kind: "file" })];
    expect(judgeNames(digests, files)).toMatchObject({ result: "fail", code: "build.artifact-duplicate" });
    const inTree = files.map((file): BuiltFile => ({ ...file, kind: "git-tree" }));
    expect(judgeNames(digests, inTree).result).toBe("pass");
  });

  it("BLD-08 F32: fail when one name has two contents, with both digests", () => {
    const check = judgeNames(new Map([["tide.whl", new Set(["1", "2"])]]), []);
    expect(check).toMatchObject({ result: "fail", code: "build.artifact-duplicate", evidence: ["1", "2"] });
  });
});
