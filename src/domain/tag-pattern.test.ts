import { describe, expect, it } from "vitest";
import { isTagName, tagOf, versionOfTag } from "#src/domain/tag-pattern";

describe("a tag pattern", () => {
  it.each([
    ["v{version}", "v1.2.3"],
    ["{version}", "1.2.3"],
    ["tide@{version}-final", "tide@1.2.3-final"],
  ])("%s names version 1.2.3 as %s, and is read back", (pattern, tag) => {
    expect(tagOf(pattern, "1.2.3")).toBe(tag);
    expect(versionOfTag(pattern, tag)?.text).toBe("1.2.3");
  });

  it.each([
    ["v{version}", "1.2.3"],
    ["v{version}", "v1.2"],
    ["v{version}", "v1"],
    ["v{version}", "vv1.2.3"],
    ["v{version}", "v"],
    ["{version}-x", "1.2.3"],
  ])("%s does not read %s", (pattern, tag) => {
    expect(versionOfTag(pattern, tag)).toBeUndefined();
  });
});

describe("the name of a tag", () => {
  it.each(["v1.2.3", "tide@1.2.3", "a/b-1.0.0", "1.0.0-rc.1"])("%s is one", (tag) => {
    expect(isTagName(tag)).toBe(true);
  });

  it.each([
    "",
    "-v1",
    "v 1",
    "v1..2",
    "v1.",
    "v1/",
    "/v1",
    "a//b",
    "a/.b",
    "v~1",
    "v^1",
    "v:1",
    "v?",
    "v*",
    "v[",
    "v\\",
    "v@{1}",
    "v.lock",
    "@",
    ".v1",
    "v\n1",
    "v\u007f",
  ])("%j is none", (tag) => {
    expect(isTagName(tag)).toBe(false);
  });
});
