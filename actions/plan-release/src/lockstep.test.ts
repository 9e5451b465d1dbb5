import { describe, expect, it } from "vitest";
import { readingsOf } from "./testing/version-readings.ts";
import { agreedVersion, disagreeing } from "./version-sources.ts";

describe("PLN-21: sources in lockstep", () => {
  const files = {
    "Cargo.toml": '[package]\nname = "tide"\nversion = "1.2.0-rc.1"\n',
    "pyproject.toml": '[project]\nname = "tide"\nversion = "1.2.0rc1"\n',
    VERSION: "1.2.0\n",
  };
  const ecosystems = [{ kind: "rust" }, { kind: "python" }];

  it("agree across the spellings of their ecosystems", async () => {
    const readings = await readingsOf(ecosystems, files);
    expect(agreedVersion(readings)).toBe("1.2.0-rc.1");
    expect(disagreeing(readings)).toEqual([]);
  });

  it("name the places that differ from the first one", async () => {
    const readings = await readingsOf([...ecosystems, { kind: "plain", file: "VERSION" }], files);
    expect(agreedVersion(readings)).toBeNull();
    expect(disagreeing(readings).map(({ file }) => file)).toEqual(["VERSION"]);
  });

  it("count a place that cannot be read as one that differs", async () => {
    const readings = await readingsOf([...ecosystems, { kind: "plain", file: "NONE" }], files);
    expect(disagreeing(readings).map(({ file }) => file)).toEqual(["NONE"]);
  });
});
