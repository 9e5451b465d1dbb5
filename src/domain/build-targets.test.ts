import { describe, expect, it } from "vitest";
import { type BuildTarget, doubledPlatforms, platformsOf, strongestPromise } from "#src/domain/build-targets";

const target = (platform: string, overrides: Partial<BuildTarget> = {}): BuildTarget => ({
  platform,
  standing: "official",
  channels: {},
  ...overrides,
});

describe("the platforms of a channel", () => {
  const targets = [
    target("linux_amd64", { channels: { homebrew: "official", pypi: null } }),
    target("darwin_arm64", { channels: { homebrew: "official", pypi: "official" } }),
    target("windows_amd64", { channels: { homebrew: null, pypi: "preview" } }),
  ];

  it.each([
    ["are those that are official there, sorted", "homebrew", "official", ["darwin_arm64", "linux_amd64"]],
    ["leave out what users get nothing for", "pypi", "official", ["darwin_arm64"]],
    ["are told apart from previews", "pypi", "preview", ["windows_amd64"]],
    [
      "follow the standing where no target speaks of the channel",
      "npm",
      "official",
      targets.map((one) => one.platform),
    ],
  ] as const)("BLD-06 F36: %s", (_what, channel, wanted, platforms) => {
    expect(platformsOf(targets, channel, wanted)).toEqual([...platforms].sort());
  });

  it("BLD-06: are none where neither channel nor standing promises anything", () => {
    expect(platformsOf([target("linux_amd64", { standing: null })], "npm", "official")).toEqual([]);
  });

  it("are not mistaken for what every object inherits", () => {
    expect(platformsOf([target("linux_amd64", { standing: "preview" })], "constructor", "preview")).toHaveLength(1);
  });
});

describe("what is promised of a platform", () => {
  it.each([
    ["its standing where it names no channel", {}, "preview", "preview"],
    ["official where one channel is", { a: null, b: "preview", c: "official" }, null, "official"],
    ["a preview where that is the most", { a: null, b: "preview" }, "official", "preview"],
    ["nothing where every channel says null", { a: null }, "official", undefined],
    ["nothing where there is no standing either", {}, null, undefined],
  ] as const)("BLD-06 F36: is %s", (_what, channels, standing, promised) => {
    expect(strongestPromise(target("linux_amd64", { channels, standing }))).toBe(promised);
  });
});

describe("a list of targets", () => {
  it("BLD-06: tells each doubled platform once", () => {
    expect(doubledPlatforms([target("a"), target("b"), target("a"), target("a")])).toEqual(["a"]);
    expect(doubledPlatforms([target("a"), target("b")])).toEqual([]);
  });
});
