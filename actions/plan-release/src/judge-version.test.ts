import { describe, expect, it } from "vitest";
import type { VersionReading } from "./facts.ts";
import { aRemote, before, checkOf, elsewhere, type Given, preRelease, value } from "./testing/plan-facts.ts";

const absent: VersionReading = { file: "package.json", place: "version", found: { kind: "absent" } };
const unreadable: VersionReading = {
  file: "package.json",
  place: "version",
  found: { kind: "unreadable", because: "not JSON" },
};

describe("the version", () => {
  it.each<[rule: string, given: Given, check: string, result: string, code: string]>([
    [
      "PLN-21 F30: a lockfile behind is refused",
      { facts: { versions: [value("1.1.0"), value("1.0.0", "package-lock.json")] } },
      "version-lockstep",
      "fail",
      "plan.version-not-lockstep",
    ],
    [
      "PLN-20: a missing source is refused",
      { facts: { versions: [absent] } },
      "version-lockstep",
      "fail",
      "plan.version-source-missing",
    ],
    [
      "PLN-20: no source at all is refused",
      { facts: { versions: [] } },
      "version-lockstep",
      "fail",
      "plan.version-source-missing",
    ],
    [
      "PLN-21: an unreadable place is refused",
      { facts: { versions: [value("1.1.0"), unreadable] } },
      "version-lockstep",
      "fail",
      "plan.version-unparseable",
    ],
    [
      "PLN-20: what is no SemVer is refused",
      { facts: { versions: [value("1.1")] } },
      "version-lockstep",
      "fail",
      "plan.version-unparseable",
    ],
    [
      "ALL-11: a version of no class is refused",
      { facts: { versions: [value("1.1.0+7")] } },
      "version-class",
      "fail",
      "all.version-class-unknown",
    ],
    [
      "ALL-11: a post-release is neither stable nor a pre-release",
      { facts: { versions: [value("1.1.0.post1")] } },
      "version-class",
      "fail",
      "all.version-class-unknown",
    ],
    [
      "an unreadable version leaves its class open",
      { facts: { versions: [unreadable] } },
      "version-class",
      "inconclusive",
      "plan.version-unparseable",
    ],
    [
      "a missing version leaves its target open",
      { facts: { versions: [absent] } },
      "target",
      "inconclusive",
      "plan.version-source-missing",
    ],
    [
      "a missing version leaves its base open",
      { facts: { versions: [absent] } },
      "base",
      "inconclusive",
      "plan.version-source-missing",
    ],
    [
      "a missing version leaves its increase open",
      { facts: { versions: [absent] } },
      "version-increased",
      "inconclusive",
      "plan.version-source-missing",
    ],
    [
      "a missing version leaves its section open",
      { facts: { versions: [absent] } },
      "changelog-section",
      "inconclusive",
      "plan.version-source-missing",
    ],
    [
      "PLN-26 F08: a version below the highest released one is refused",
      { facts: { remote: aRemote({ tags: { "v1.0.0": before, "v1.10.0": elsewhere } }) } },
      "version-increased",
      "fail",
      "plan.version-regressed",
    ],
    [
      "PLN-26: an explicit base above the version is refused",
      { policy: { baseTag: "v2.0.0" }, facts: { remote: aRemote({ tags: { "v2.0.0": before } }) } },
      "version-increased",
      "fail",
      "plan.version-regressed",
    ],
    [
      "PLN-26: an explicit base that equals the version is refused",
      { policy: { baseTag: "v1.1.0", tag: "v1.1.0" }, facts: { remote: aRemote({ tags: { "v1.1.0": before } }) } },
      "version-increased",
      "fail",
      "plan.version-not-increased",
    ],
    [
      "PLN-26 F08: a stable version never goes to its own pre-release",
      preRelease("1.1.0-rc.1", { "v1.1.0": before }),
      "version-increased",
      "fail",
      "plan.version-regressed",
    ],
  ])("%s", expectFinding);

  it.each<[rule: string, given: Given, check: string]>([
    [
      "ALL-10: 1.1.0 is above 1.0.10",
      { facts: { remote: aRemote({ tags: { "v1.0.10": before, "v1.0.9": before } }) } },
      "version-increased",
    ],
    [
      "a pre-release of a later line does not hold a stable fix back",
      { facts: { remote: aRemote({ tags: { "v1.0.0": before, "v1.2.0-rc.1": elsewhere } }) } },
      "version-increased",
    ],
    ["ALL-11: a pre-release has a class", preRelease("1.1.0-rc.1", { "v1.0.0": before }), "version-class"],
    [
      "tags of another pattern are no releases",
      { facts: { remote: aRemote({ tags: { "v1.0.0": before, "9.9.9": before, nightly: before } }) } },
      "version-increased",
    ],
  ])("%s", expectPass);

  it("PLN-21: is shown with every place that holds it", () => {
    const versions = [value("1.1.0"), value("1.0.0", "package-lock.json")];
    expect(checkOf({ facts: { versions } }, "version-lockstep")?.evidence).toEqual([
      "package.json version: 1.1.0",
      "package-lock.json version: 1.0.0",
    ]);
  });

  it("is taken from the first source for the other questions where the sources disagree", () => {
    expect(
      checkOf({ facts: { versions: [value("1.1.0"), value("1.0.0", "package-lock.json")] } }, "changelog-section")
        ?.result,
    ).toBe("pass");
  });
});

function expectFinding(_rule: string, given: Given, id: string, result: string, code: string): void {
  expect(checkOf(given, id)).toMatchObject({ result, code });
}

function expectPass(_rule: string, given: Given, id: string): void {
  expect(checkOf(given, id)).toMatchObject({ result: "pass" });
}
