import { describe, expect, it } from "vitest";
import { mismatchedTags, releaseTags, untaggedVersions } from "#src/domain/audit-findings";

const pattern = "v{version}";
const stood = (...texts: string[]) => texts.map((text, index) => ({ commit: `c${index}`, text }));

describe("PLN-32 F09: versions that were never tagged", () => {
  it("are listed in version order, each with the first commit that carried it", () => {
    const declared = stood("0.9.0", "0.10.0", "0.9.0", "0.9.1", "0.10.0");
    expect(untaggedVersions(declared, ["v0.9.1"], pattern)).toEqual([
      { version: "0.9.0", commit: "c0" },
      { version: "0.10.0", commit: "c1" },
    ]);
  });

  it.each([
    ["are no pre-releases", "1.0.0-rc.1"],
    ["are no development versions", "1.0.0.dev0"],
    ["are no other texts", "unreleased"],
  ])("%s", (_rule, text) => {
    expect(untaggedVersions(stood(text), [], pattern)).toEqual([]);
  });

  it("are not taken for tagged by a tag of another pattern", () => {
    expect(untaggedVersions(stood("1.0.0"), ["1.0.0", "v1.0.0-rc.1"], pattern)).toHaveLength(1);
  });
});

describe("PLN-32: tags whose commit carries another version", () => {
  const tag = (name: string, carries: string | null | undefined) => ({ tag: name, commit: "c", carries });

  it.each([
    ["differ", tag("v1.0.0", "1.0.1"), 1],
    ["carry none", tag("v1.0.0", null), 1],
    ["agree", tag("v1.0.0", "1.0.0"), 0],
    ["agree in another spelling", tag("v1.0.0-rc.1", "1.0.0rc1"), 0],
    ["are out of reach", tag("v1.0.0", undefined), 0],
    ["name no version", tag("nightly", "1.0.0"), 0],
  ])("that %s", (_case, one, expected) => {
    expect(mismatchedTags([one], pattern)).toHaveLength(expected);
  });

  it("are asked of release tags only, in version order", () => {
    expect(releaseTags(["v0.10.0", "nightly", "v0.9.0"], pattern)).toEqual(["v0.9.0", "v0.10.0"]);
  });
});
