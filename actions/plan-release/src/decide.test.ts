import { describe, expect, it } from "vitest";
import { conclude } from "#src/domain/verdict";
import { aRemote, before, checkOf, decided, type Given, tagged, value } from "./testing/plan-facts.ts";

describe("a release that is well described", () => {
  it("passes every check", () => {
    const { checks } = decided({});
    expect(checks.filter(({ result }) => result !== "pass").map(({ id }) => id)).toEqual([
      "environment",
      "commit-issues",
    ]);
    expect(conclude(checks).result).toBe("pass");
  });

  it("has its section of the changelog as notes", () => {
    expect(decided({}).notes).toBe("- Tides.\n");
  });
});

describe("a landing without a version change", () => {
  const landing: Given = { facts: { remote: tagged(before), tagged: { ancestor: true, version: "1.1.0" } } };

  it("PLN-28: is no release, green and explained", () => {
    const { checks, ending, notes } = decided(landing);
    expect({ ending, notes, result: conclude(checks).result }).toEqual({
      ending: "unchanged",
      notes: undefined,
      result: "pass",
    });
    expect(checks.filter(({ code }) => code === "plan.version-unchanged").map(({ id }) => id)).toEqual([
      "tag-free",
      "base",
      "version-increased",
      "commits",
      "changelog-section",
    ]);
  });

  it("PLN-28: is none where a higher version is released", () => {
    const tags = { "v1.0.0": before, "v1.1.0": before, "v1.2.0": before };
    const given: Given = { facts: { ...landing.facts, remote: aRemote({ tags }) } };
    expect(decided(given).ending).toBe("release");
    expect(checkOf(given, "version-increased")?.code).toBe("plan.version-regressed");
  });

  it("is still refused where the lockfile is behind", () => {
    const versions = [value("1.1.0"), value("1.0.0", "package-lock.json")];
    expect(conclude(decided({ facts: { ...landing.facts, versions } }).checks)).toEqual({
      result: "fail",
      decidedBy: ["version-lockstep"],
    });
  });
});
