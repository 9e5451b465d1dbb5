import { describe, expect, it } from "vitest";
import { parseVersion } from "#src/domain/version";

describe("the one classifier (ALL-11)", () => {
  it.each([
    ["0.0.0", "stable"],
    ["10.20.30", "stable"],
    ["1.2.0-rc.1", "pre-release"],
    ["1.2.0-alpha", "pre-release"],
    ["1.2.0-0", "pre-release"],
    ["1.2.0-x-y.7", "pre-release"],
    ["1.2.0rc1", "pre-release"],
    ["1.2.0a1", "pre-release"],
    ["1.2.0b12", "pre-release"],
    ["1.2.0.dev3", "pre-release"],
    ["1.2.0dev3", "pre-release"],
    ["1.2.0.post1", "post-release"],
  ])("ALL-11: %s is %s", (text, expected) => {
    expect(parseVersion(text)?.class).toBe(expected);
  });

  it.each([
    "",
    "1",
    "1.2",
    "v1.2.3",
    "1.2.3.4",
    "01.2.3",
    "1.02.3",
    "1.2.3-",
    "1.2.3-01",
    "1.2.3-a..b",
    "1.2.3+build",
    "1.2.3-rc.1+build",
    "1.2.3rc",
    "1.2.3 ",
    "1.2.3\n",
    "1.2.3-rc.1\n",
    "1.2.3post1",
    "latest",
  ])("ALL-11: the text %j fits no class and is never guessed at", (text) => {
    expect(parseVersion(text)).toBeUndefined();
  });
});
