import { describe, expect, it } from "vitest";
import { newestServed, readServed, spellingsOf } from "#src/domain/version-spelling";

describe("the spellings of a version (ALL-10)", () => {
  it.each([
    ["1.1.0", ["1.1.0"]],
    ["1.1.0-rc.1", ["1.1.0-rc.1", "1.1.0rc1"]],
    ["1.1.0rc1", ["1.1.0rc1", "1.1.0-rc.1"]],
    ["1.1.0-1", ["1.1.0-1"]],
    ["1.1.0.dev3", ["1.1.0.dev3"]],
    ["2024.5", ["2024.5"]],
    ["no version", ["no version"]],
  ])("ALL-10: %s is spelled in ways that name nothing else", (text, spellings) => {
    expect(spellingsOf(text)).toEqual(spellings);
  });

  it.each([
    ["1.1.0rc1", "pre-release"],
    ["1.1", "stable"],
    ["1.1.0+build.5", "stable"],
    ["1.1.0-rc.1+build.5", "pre-release"],
    ["1.1.0.post1", "post-release"],
    ["1.1.0+", undefined],
    ["1.2.3.4", undefined],
  ])("ALL-11: a channel's %s is of the class %s", (text, expected) => {
    expect(readServed(text)?.class).toBe(expected);
  });

  it.each([
    [["1.0.0", "1.10.0", "1.9.0"], "1.10.0"],
    [["1.0.0", "1.1.0rc1", "1.2.0-rc.1"], "1.0.0"],
    [["1.0.0", "1.0.0.post1"], "1.0.0.post1"],
    [["1.0.0", "1.1.0+sqlite"], "1.1.0+sqlite"],
    [["1.1.0rc1", "other"], undefined],
  ])("ALL-11: of %j, clients take %s", (texts, newest) => {
    expect(newestServed(texts)).toBe(newest);
  });
});
