import { describe, expect, it } from "vitest";
import { canonicalJson } from "#src/domain/digest";
import { suiteVersion } from "#src/suite-version";
import { anArrival, aRecord, aRelease } from "#src/testing/builders";
import { aChain } from "#src/testing/release-chain";
import { chainComplaints, identityComplaints, openLegs } from "./chain.ts";

const expected = { repository: "octo/tide", runId: "7", mode: "live" as const, suite: suiteVersion };
const leg = aRecord({ stage: "release-gates", leg: "unit" });
const collectorWith = (legs: Record<string, string>) => anArrival(aRecord({ stage: "release-gates" }), legs);

describe("the legs inside a collector", () => {
  it("are admitted under the digest of their own bytes", () => {
    const { legs, refused } = openLegs(collectorWith({ "legs/unit.json": canonicalJson(leg) }), expected);
    expect(legs).toMatchObject([{ artifact: "seaworthy-release-gates-unit-1", digest: anArrival(leg).digest }]);
    expect(refused).toEqual([]);
  });

  it("attachments of other kinds are none", () => {
    expect(openLegs(collectorWith({ "log.txt": "{}" }), expected)).toEqual({ legs: [], refused: [] });
  });

  it.each([
    ["not JSON", "no", /expected JSON/],
    ["spelt otherwise", `${canonicalJson(leg)} `, /canonical JSON/],
    ["of another run", canonicalJson({ ...leg, run: { ...leg.run, id: "8" } }), /expected run 7, found 8/],
    ["of another repository", canonicalJson({ ...leg, release: aRelease({ repository: "octo/ebb" }) }), /octo\/ebb/],
    ["of another gate", canonicalJson({ ...leg, leg: "lint" }), /found release-gates\/lint/],
    ["of another stage", canonicalJson({ ...leg, stage: "smoke-test" }), /found smoke-test\/unit/],
  ])("one that is %s is refused", (_what, text, because) => {
    const { legs, refused } = openLegs(collectorWith({ "legs/unit.json": text }), expected);
    expect(legs).toEqual([]);
    expect(refused).toEqual([
      {
        artifact: "seaworthy-release-gates-1:legs/unit.json",
        code: "all.evidence-mismatch",
        because: expect.stringMatching(because),
      },
    ]);
  });
});

describe("the chain", () => {
  const whole = () => [...aChain(), ...openLegs(aChain()[1] ?? collectorWith({}), expected).legs];

  it("is intact when every link leads to a record", () => {
    expect(chainComplaints(whole())).toEqual([]);
  });

  it.each([
    [
      "plan-release",
      "release-gates, auto-tag, build-manifest, publish-verify, smoke-test, watch-window, release-gates/unit",
    ],
    ["release-gates", "auto-tag"],
    ["build-manifest", "publish-verify, smoke-test"],
  ])("PLN-11: without the phase %s names each later one that must not have started: %s", (stage, later) => {
    const rest = whole().filter(({ record }) => record.stage !== stage || record.leg !== "");
    const told = chainComplaints(rest).filter((text) => text.includes(`does not rely on the record of ${stage}`));
    expect(told.map((text) => text.split(" ", 1)[0])).toEqual(later.split(", "));
  });

  it("without the leg names the collector that relied on it", () => {
    expect(chainComplaints(aChain())).toEqual([expect.stringMatching(/^release-gates relied on .*unit-1@sha256:/)]);
  });
});

describe("the identity of a release", () => {
  it.each([
    ["repository", "octo/ebb"],
    ["tag", "v9"],
    ["version", "9.0.0"],
    ["sha", "b".repeat(40)],
    ["base", null],
    ["mode", "rehearsal" as const],
  ])("%s must be the same throughout", (field, value) => {
    const other = anArrival(aRecord({ stage: "auto-tag", release: aRelease({ [field]: value }) }));
    expect(identityComplaints([anArrival(aRecord()), other])).toEqual([
      expect.stringContaining(`auto-tag says ${field}`),
    ]);
  });

  it("the policy must be the same throughout", () => {
    const other = anArrival(aRecord({ stage: "auto-tag", policy: `sha256:${"1".repeat(64)}` }));
    expect(identityComplaints([anArrival(aRecord()), other])).toEqual([expect.stringContaining("applied policy")]);
  });

  it("of no record at all has nothing to complain about", () => {
    expect(identityComplaints([])).toEqual([]);
  });
});

describe("the answers of people", () => {
  it("GAT-55: are a record that the tag must have relied on", () => {
    expect(chainComplaints(aChain({ approval: {} }).concat(legsOf(aChain({ approval: {} }))))).toEqual([]);
    const chain = aChain({
      approval: {},
      changes: { "auto-tag": { consumed: aChain({ approval: "silent" })[2]?.record.consumed ?? [] } },
    });
    expect(chainComplaints(chain).join("; ")).toContain("auto-tag does not rely on release-gates/approval_answer");
  });
});

function legsOf(chain: ReturnType<typeof aChain>) {
  return chain.flatMap((one) => openLegs(one, expected).legs);
}
