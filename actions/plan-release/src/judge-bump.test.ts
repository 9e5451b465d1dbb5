import { describe, expect, it } from "vitest";
import { conclude } from "#src/domain/verdict";
import {
  aRemote,
  before,
  bumpPolicy,
  checkOf,
  commitsAsking,
  decided,
  type Given,
  value,
} from "./testing/plan-facts.ts";

const asking = (required: "patch" | "minor" | "major", version = "1.1.0", changes: object = {}): Given => ({
  policy: { bump: { ...bumpPolicy, ...changes } },
  facts: { commits: commitsAsking(required), versions: [value(version)] },
});

describe("PLN-25: the step to the declared version", () => {
  it("passes where it is what the commits ask for", () => {
    expect(checkOf(asking("minor"), "bump")).toMatchObject({ result: "pass", required: false });
  });

  it("is reported where it is too small, and decides nothing while the version is declared", () => {
    const given = asking("major");
    expect(checkOf(given, "bump")).toMatchObject({ result: "fail", required: false, code: "plan.bump-too-small" });
    expect(conclude(decided(given).checks).result).toBe("pass");
  });

  it("PLN-23: names a version that would do where it is too small", () => {
    expect(checkOf(asking("major"), "bump")?.because).toContain("2.0.0 would do");
  });

  it.each(["commits", "labels"])("blocks where it is too small and %s decide", (decision) => {
    const given = asking("major", "1.1.0", { decision });
    expect(checkOf(given, "bump")).toMatchObject({ result: "fail", required: true, code: "plan.bump-too-small" });
  });

  it.each(["declared", "commits"])("is only reported where it is larger, with decision %s", (decision) => {
    const given = asking("patch", "1.1.0", { decision });
    expect(checkOf(given, "bump")).toMatchObject({ result: "fail", required: false, code: "plan.bump-larger" });
  });

  it("is none for a first release", () => {
    const given: Given = { facts: { remote: aRemote({ tags: {} }) } };
    expect(checkOf(given, "bump")?.result).toBe("not-applicable");
  });

  it("is none from a pre-release", () => {
    const remote = aRemote({ tags: { "v1.1.0-rc.1": before } });
    const given: Given = { facts: { versions: [value("1.1.0-rc.2")], remote, changelog: undefined } };
    expect(checkOf(given, "bump")?.result).toBe("not-applicable");
  });
});

describe("PLN-24: commits of no known type", () => {
  const given = (unclassified: string): Given => ({
    policy: { bump: { ...bumpPolicy, unclassified: unclassified === "block" ? "block" : "report" } },
    facts: { commits: { ...commitsAsking("minor"), unclassified: 2 } },
  });

  it.each([
    ["report", false],
    ["block", true],
  ])("are named, and with `%s` decide: %s", (setting, required) => {
    expect(checkOf(given(setting), "commits-classified")).toMatchObject({
      result: "fail",
      required,
      code: "plan.commit-unclassified",
    });
  });
});
