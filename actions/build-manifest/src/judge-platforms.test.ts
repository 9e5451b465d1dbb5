import { describe, expect, it } from "vitest";
import { judgeFilePlatforms, platformsByRule } from "./judge-platforms.ts";
import { readPlatformRule } from "./platform-rules.ts";

const policy = (...lines: string[]) => ({
  rules: lines.flatMap((line) => readPlatformRule(line) ?? []),
  version: "1.1.0-rc.1",
  targets: undefined,
});
const offer = (platform: string) => ({ channel: "tap", platform, support: "official" as const });
const targets = { schema: "seaworthy-targets/1" as const, targets: [{ id: "linux", offers: [offer("linux_amd64")] }] };

describe("the platform of a file", () => {
  it.each([
    ["is the one name that is given for all", ["linux_amd64"], "tide.tgz", ["linux_amd64"]],
    ["stands in its name", ["tide_{version}_{platform}.tar.gz"], "tide_1.1.0-rc.1_linux_amd64.tar.gz", ["linux_amd64"]],
    ["stands beside the version as Python spells it", ["t-{version}-{platform}.whl"], "t-1.1.0rc1-any.whl", ["any"]],
    [
      "is looked up by name",
      ["*-manylinux*.whl = linux", "*-macosx*.whl=mac"],
      "t-cp312-manylinux_2_17.whl",
      ["linux"],
    ],
    ["is unknown for another version", ["tide_{version}_{platform}.tgz"], "tide_1.0.0_linux.tgz", []],
    ["is unknown where a dot is another character", ["tide_{platform}.tgz"], "tide_linuxxtgz", []],
    ["is doubted where two rules differ", ["*.whl = a", "t*.whl = b"], "t.whl", ["a", "b"]],
    ["is told where two rules agree", ["*.whl = a", "t*.whl = a"], "t.whl", ["a"]],
  ])("BLD-07: %s", (_what, lines, name, platforms) => {
    expect(platformsByRule(name, policy(...lines))).toEqual(platforms);
  });

  it.each(["{platform}_{platform}", "a = b = c", "= linux", "tide.tgz =", "tide_{platform} = linux"])(
    "cannot be told by the line %s",
    (line) => {
      expect(readPlatformRule(line)).toBeUndefined();
    },
  );

  it.each([
    ["build.artifact-unexpected", "other.whl", ["tide*.whl = linux"]],
    ["build.artifact-unexpected", "tide.whl", ["*.whl = a", "t*.whl = b"]],
    [undefined, "tide.whl", ["*.whl = a"]],
  ])("BLD-07: ends with %s for %s", (code, name, lines) => {
    const [check] = judgeFilePlatforms([{ name, platform: null }], policy(...lines));
    expect(check?.code).toBe(code);
  });

  it("BLD-06: is one that the project declares, or all of them", () => {
    const judge = (platform: string | null) =>
      judgeFilePlatforms([{ name: "tide.tgz", platform }], { ...policy(), targets })[0]?.result;
    expect([judge("linux_amd64"), judge(null), judge("linux_arm64")]).toEqual(["pass", "pass", "fail"]);
  });

  it("is no question without rules and targets", () => {
    expect(judgeFilePlatforms([{ name: "tide.tgz", platform: null }], policy())).toEqual([]);
  });
});
