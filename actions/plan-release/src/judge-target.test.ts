import { describe, expect, it } from "vitest";
import { conclude } from "#src/domain/verdict";
import {
  aimed,
  aRemote,
  before,
  checkOf,
  commitsAsking,
  decided,
  elsewhere,
  type Given,
  head,
  tagged,
  value,
  versionPolicy,
} from "./testing/plan-facts.ts";

describe("the tag and the base", () => {
  it.each<[rule: string, given: Given, check: string, result: string, code: string]>([
    [
      "PLN-01: an explicit tag that the version does not give is refused",
      { policy: { tag: "v1.2.0" } },
      "target",
      "fail",
      "plan.target-invalid",
    ],
    [
      "PLN-01: a pattern that makes no tag is refused",
      { policy: { version: { ...versionPolicy, "tag-pattern": "v..{version}" } } },
      "target",
      "fail",
      "plan.target-invalid",
    ],
    [
      "PLN-01: a base of another pattern is refused",
      { policy: { baseTag: "1.0.0" } },
      "base",
      "fail",
      "plan.base-invalid",
    ],
    [
      "PLN-03: a base that the remote does not have is refused",
      { policy: { baseTag: "v0.9.0" } },
      "base",
      "fail",
      "plan.base-absent-remote",
    ],
    [
      "PLN-02: no lower tag and no first release is refused",
      { facts: { remote: aRemote({ tags: {} }) } },
      "base",
      "fail",
      "plan.base-not-found",
    ],
    [
      "PLN-02: an explicit rule without a base is refused",
      { policy: { version: { ...versionPolicy, base: "explicit" } } },
      "base",
      "fail",
      "plan.base-not-found",
    ],
    [
      "PLN-02: an explicit rule does not believe in a first release that has a predecessor",
      { policy: { version: { ...versionPolicy, base: "explicit", "first-release": true } } },
      "base",
      "fail",
      "plan.base-not-found",
    ],
    [
      "F07: a tag on another commit is told, and left to auto-tag",
      { facts: { remote: tagged(elsewhere), tagged: { ancestor: false, version: null } } },
      "tag-free",
      "fail",
      "plan.tag-on-other-commit",
    ],
    [
      "F07: a tag on a foreign commit of the same version is told",
      { facts: { remote: tagged(elsewhere), tagged: { ancestor: false, version: "1.1.0" } } },
      "tag-free",
      "fail",
      "plan.tag-on-other-commit",
    ],
    [
      "F07: a tag on an ancestor of another version is told",
      { facts: { remote: tagged(before), tagged: { ancestor: true, version: "1.0.0" } } },
      "tag-free",
      "fail",
      "plan.tag-on-other-commit",
    ],
    [
      "F07: a tag that was asked for is never unchanged",
      { policy: { tag: "v1.1.0" }, facts: { remote: tagged(before), tagged: { ancestor: true, version: "1.1.0" } } },
      "tag-free",
      "fail",
      "plan.tag-on-other-commit",
    ],
    [
      "PLN-28: a version that is tagged and released is unchanged",
      { facts: { remote: tagged(before), tagged: { ancestor: true, version: "1.1.0" } } },
      "tag-free",
      "not-applicable",
      "plan.version-unchanged",
    ],
    [
      "PLN-32: a version that is tagged, and whose release never ended, is not released",
      {
        facts: { remote: tagged(before), tagged: { ancestor: true, version: "1.1.0" }, published: new Set(["v1.0.0"]) },
      },
      "tag-free",
      "fail",
      "plan.tagged-not-released",
    ],
    [
      "ALL-08: a release of which nobody can tell whether it ended is not taken for one",
      { facts: { remote: tagged(before), tagged: { ancestor: true, version: "1.1.0" }, published: undefined } },
      "tag-free",
      "inconclusive",
      "plan.remote-unknown",
    ],
    [
      "PLN-28: a tag is enough where releases are not published on GitHub",
      {
        policy: { concludes: false },
        facts: { remote: tagged(before), tagged: { ancestor: true, version: "1.1.0" }, published: undefined },
      },
      "tag-free",
      "not-applicable",
      "plan.version-unchanged",
    ],
    [
      "F04 PLN-27: a tagged commit out of reach is never unchanged",
      { facts: { remote: tagged(elsewhere), tagged: { ancestor: "unknown", version: null } } },
      "tag-free",
      "inconclusive",
      "plan.change-base-unknown",
    ],
    [
      "PLN-43: a release without commits is refused",
      { facts: { commits: commitsAsking("none", 0) } },
      "commits",
      "fail",
      "plan.nothing-to-release",
    ],
    [
      "PLN-44: a base that is not in the checkout cannot tell the commits",
      { facts: { baseReachable: false, commits: undefined } },
      "commits",
      "inconclusive",
      "plan.history-truncated",
    ],
    [
      "an unknown base cannot tell the commits",
      { facts: { remote: aRemote({ tags: {} }), commits: undefined } },
      "commits",
      "inconclusive",
      "plan.base-not-found",
    ],
  ])("%s", expectFinding);

  it.each<[rule: string, given: Given, check: string]>([
    ["PLN-01: an explicit tag that the version gives is taken", { policy: { tag: "v1.1.0" } }, "target"],
    [
      "PLN-02: a first release has no base",
      { policy: { version: { ...versionPolicy, "first-release": true } }, facts: { remote: aRemote({ tags: {} }) } },
      "base",
    ],
    ["ALL-09: a tag on this commit converges", { facts: { remote: tagged(head) } }, "tag-free"],
    ["PLN-03: an explicit base on the remote is taken", { policy: { baseTag: "v1.0.0" } }, "base"],
  ])("%s", expectPass);

  it("F07: a tag on another commit does not decide here", () => {
    const given: Given = { facts: { remote: tagged(elsewhere), tagged: { ancestor: false, version: null } } };
    expect(checkOf(given, "tag-free")).toMatchObject({ required: false, evidence: [head, elsewhere] });
    expect(conclude(decided(given).checks).result).toBe("pass");
  });

  it.each<[string, Record<string, string>, string, string]>([
    ["the highest in version order", { "v0.9.0": before, "v0.10.0": before, "v0.2.0": before }, "1.1.0", "v0.10.0"],
    ["the last stable one for a stable version", { "v1.0.0": before, "v1.1.0-rc.2": before }, "1.1.0", "v1.0.0"],
    [
      "the last of any class for a pre-release",
      { "v1.0.0": before, "v1.1.0-rc.2": before },
      "1.1.0-rc.3",
      "v1.1.0-rc.2",
    ],
    ["below the version", { "v1.0.0": before, "v1.2.0": before }, "1.1.0", "v1.0.0"],
  ])("PLN-02: the previous tag is %s", (_rule, tags, version, expected) => {
    const { base } = aimed({ facts: { versions: [value(version)], remote: aRemote({ tags }) } });
    expect(base).toMatchObject({ kind: "base", at: { tag: expected } });
  });
});

function expectFinding(_rule: string, given: Given, id: string, result: string, code: string): void {
  expect(checkOf(given, id)).toMatchObject({ result, code });
}

function expectPass(_rule: string, given: Given, id: string): void {
  expect(checkOf(given, id)).toMatchObject({ result: "pass" });
}
