import { describe, expect, it } from "vitest";
import { pythonName, pythonVersion } from "#src/domain/python-names";

describe("a Python project", () => {
  it.each([
    ["Tide_Table", "tide-table"],
    ["tide.-_table", "tide-table"],
    ["tide", "tide"],
  ])("goes by one name however it is spelt: %s", (text, name) => {
    expect(pythonName(text)).toBe(name);
  });

  it.each([
    ["1.0.0", "1.0.0"],
    ["v1.0", "1.0"],
    ["1.0.0-rc.1", "1.0.0rc1"],
    ["1.0.0-alpha2", "1.0.0a2"],
    ["1.0.0.BETA-3", "1.0.0b3"],
    ["1.0.0rc", "1.0.0rc0"],
    ["1.0.0-1", "1.0.0.post1"],
    ["1.0.0-post2", "1.0.0.post2"],
    ["1.0.0rev", "1.0.0.post0"],
    ["1.0.0.dev07", "1.0.0.dev7"],
    ["1!2.03", "1!2.3"],
    ["1.0+ubuntu-1", "1.0+ubuntu.1"],
    ["1.0.0a1.post2.dev3", "1.0.0a1.post2.dev3"],
  ])("has one version however it is spelt: %s is %s", (text, version) => {
    expect(pythonVersion(text)).toBe(version);
  });

  it.each(["", "one", "1.0.0-final", "1..0", "1.0.0-rc.1.2", "1.0 0"])("has no version in %j", (text) => {
    expect(pythonVersion(text)).toBeUndefined();
  });
});
