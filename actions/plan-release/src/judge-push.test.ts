import { describe, expect, it } from "vitest";
import { conclude } from "#src/domain/verdict";
import type { PushFacts } from "./facts.ts";
import {
  aPush,
  aRemote,
  before,
  checkOf,
  decided,
  elsewhere,
  type Given,
  head,
  silence,
  tagged,
  value,
  versionPolicy,
} from "./testing/plan-facts.ts";

const pushed = (push: Partial<PushFacts> = {}, more: Given = {}): Given => ({
  ...more,
  facts: { push: aPush(push), ...more.facts },
});
const same = { declared: value("1.1.0") };
const policy = (changes: object) => ({ version: { ...versionPolicy, ...changes } });
const onAncestor = { remote: tagged(before), tagged: { ancestor: true as const, version: "1.1.0" } };

describe("a push", () => {
  it("PLN-27 F03: that raised the version in any of its commits is a release", () => {
    const { checks, ending } = decided(pushed());
    expect({ ending, result: conclude(checks).result }).toEqual({ ending: "release", result: "pass" });
  });

  it.each<[rule: string, given: Given, check: string, result: string, code: string]>([
    [
      "PLN-27: whose head is not checked out is refused",
      pushed({ after: elsewhere }),
      "push-head",
      "fail",
      "plan.commit-mismatch",
    ],
    [
      "PLN-27 F04: of which nothing before is known is never unchanged",
      pushed({ before: null, base: "unknown", declared: undefined, forward: undefined }, { facts: onAncestor }),
      "push-base",
      "inconclusive",
      "plan.change-base-unknown",
    ],
    [
      "PLN-27 F04: of which nothing before is known cannot tell whether the version fell",
      pushed({ base: "unknown", declared: undefined }),
      "push-direction",
      "inconclusive",
      "plan.change-base-unknown",
    ],
    [
      "PLN-26 F08: that lowers the version is refused",
      pushed({ declared: value("1.2.0") }),
      "push-direction",
      "fail",
      "plan.version-regressed",
    ],
    [
      "PLN-26 F08: that leads from a stable version to its own pre-release is refused",
      pushed({ declared: value("1.1.0") }, { facts: { versions: [value("1.1.0.dev0")] } }),
      "push-direction",
      "fail",
      "plan.version-regressed",
    ],
    [
      "PLN-27: that winds the branch back and lowers the version is refused",
      pushed({ declared: value("1.2.0"), forward: false }),
      "push-direction",
      "fail",
      "plan.version-rewound",
    ],
    [
      "PLN-27: that rewrites the branch is reported",
      pushed({ forward: false }),
      "push-forward",
      "fail",
      "plan.push-rewound",
    ],
    [
      "PLN-30 F05: that passed over stable versions reports them",
      pushed({ passed: passed("1.0.1", "1.0.2", "1.1.0") }),
      "push-skipped",
      "fail",
      "plan.versions-skipped",
    ],
    [
      "PLN-29 F09: that leaves an untagged version is refused",
      pushed(same),
      "push-untagged",
      "fail",
      "plan.version-untagged",
    ],
    [
      "PLN-29: cannot say that a version is tagged where the remote is silent",
      pushed(same, { facts: { remote: silence } }),
      "push-untagged",
      "inconclusive",
      "plan.remote-unknown",
    ],
    [
      "TAG-07 F07: whose tag is on another commit is refused",
      pushed({}, { facts: { remote: tagged(elsewhere), tagged: { ancestor: false, version: null } } }),
      "tag-free",
      "fail",
      "plan.tag-exists-elsewhere",
    ],
    [
      "TAG-07 F04: that raised the version to one that is tagged below is refused",
      pushed({ before: null }, { facts: onAncestor }),
      "tag-free",
      "fail",
      "plan.tag-exists-elsewhere",
    ],
  ])("%s", (_rule, given, id, result, code) => {
    expect(checkOf(given, id)).toMatchObject({ result, code });
  });

  it("TAG-07 F07: names both commits where the tag is on another one", () => {
    const given = pushed({}, { facts: { remote: tagged(elsewhere), tagged: { ancestor: false, version: null } } });
    expect(checkOf(given, "tag-free")).toMatchObject({ required: true, evidence: [head, elsewhere] });
  });

  it.each<[rule: string, given: Given, ending: string]>([
    ["PLN-28 TAG-09: that leaves a released version is none", pushed(same, { facts: onAncestor }), "unchanged"],
    [
      "PLN-27: whose version stands in another file than before, with the same value, is none",
      pushed({ declared: value("1.1.0", "OTHER") }, { facts: onAncestor }),
      "unchanged",
    ],
    [
      "PLN-29: is one where the configuration releases untagged versions",
      pushed(same, { policy: policy({ "untagged-version": "release" }) }),
      "release",
    ],
    ["ALL-09: whose tag is on its head converges", pushed(same, { facts: { remote: tagged(head) } }), "release"],
    [
      "PLN-27: of the first version is one",
      pushed({ declared: { file: "f", place: "p", found: { kind: "absent" } } }),
      "release",
    ],
    [
      "PLN-27: of a root commit is one",
      pushed({ before: null, base: null, declared: undefined, forward: undefined }),
      "release",
    ],
    ["PLN-27: from what was no version is one", pushed({ declared: value("soon") }), "release"],
    ["PLN-27: that rewrites the branch and raises the version is one", pushed({ forward: false }), "release"],
    [
      "PLN-31 TAG-14: to a pre-release is none",
      pushed({}, { facts: { versions: [value("1.1.0.dev0")] } }),
      "pre-release",
    ],
    [
      "PLN-31: to a pre-release that stays is none either, tag or not",
      pushed({ declared: value("1.1.0.dev0") }, { facts: { versions: [value("1.1.0.dev0")] } }),
      "pre-release",
    ],
  ])("%s", (_rule, given, ending) => {
    const { checks, ending: found } = decided(given);
    expect({ ending: found, decided: conclude(checks) }).toMatchObject({ ending, decided: { result: "pass" } });
  });

  it("PLN-31: releases pre-releases where the configuration says so", () => {
    const given = pushed(
      {},
      {
        policy: policy({ "pre-releases": "release" }),
        facts: { versions: [value("1.1.0.dev0")], changelog: undefined },
      },
    );
    expect(decided(given).ending).toBe("release");
  });

  it("PLN-31: to a pre-release says why it is none", () => {
    const codes = decided(pushed({}, { facts: { versions: [value("1.1.0.dev0")] } })).checks.map(({ code }) => code);
    expect(codes).toContain("plan.prerelease-not-released");
  });
});

describe("versions that a push passed over", () => {
  it.each([
    ["do not decide", {}, false],
    ["decide where the configuration says so", { "skipped-versions": "block" }, true],
  ])("PLN-30: %s", (_rule, changes, required) => {
    const given = pushed({ passed: passed("1.0.1") }, { policy: policy(changes) });
    expect(checkOf(given, "push-skipped")?.required).toBe(required);
    expect(conclude(decided(given).checks).result).toBe(required ? "fail" : "pass");
  });

  it.each([
    ["are not the ends of the push", passed("1.0.0", "1.1.0")],
    ["are no pre-releases", passed("1.1.0-rc.1", "1.1.0.dev0")],
    ["are no other texts", passed("soon")],
  ])("PLN-30: %s", (_rule, list) => {
    expect(checkOf(pushed({ passed: list }), "push-skipped")).toMatchObject({ result: "pass" });
  });

  it("PLN-30: were not passed over where they have their tag", () => {
    const remote = aRemote({ tags: { "v1.0.0": before, "v1.0.1": elsewhere } });
    expect(checkOf(pushed({ passed: passed("1.0.1") }, { facts: { remote } }), "push-skipped")).toMatchObject({
      result: "pass",
    });
  });

  it("PLN-30: are named once, in the order in which they came", () => {
    const given = pushed({ passed: passed("1.0.2", "1.0.1", "1.0.2") });
    expect(checkOf(given, "push-skipped")?.because).toContain("found 1.0.2, 1.0.1 before");
  });
});

function passed(...texts: string[]): PushFacts["passed"] {
  return texts.map((text) => ({ commit: elsewhere, text }));
}
