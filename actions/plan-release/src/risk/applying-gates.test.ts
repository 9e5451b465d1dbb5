import { describe, expect, it } from "vitest";
import { configSchema } from "#src/contract/config/schema";
import { baseDate, before, checkOf, commitsAsking, type Given, preRelease } from "../testing/plan-facts.ts";
import { composed, survey } from "../testing/risk-facts.ts";

const gated = (when?: object): Given["policy"] => ({
  gates: configSchema.parse({
    gates: [{ id: "db", kind: "command", run: "x", ...(when ? { "applies-when": when } : {}) }],
  }).gates,
});
const labelled = (labels: string[] | undefined): Given => ({
  facts: { commits: { ...commitsAsking("minor"), labels } },
});
const unknown: Given = {
  facts: { scene: { paths: { known: false, because: "git ended" }, baseDate, missing: [], idle: [] } },
};
const hit = survey.given({ "gate:db": ["db/1.sql", "db/2.sql"] });
const sceneWith = ({ idle }: { idle: string[] | undefined }): Given => ({
  facts: { scene: { paths: survey({ "gate:db": [] }), baseDate, missing: [], idle } },
});
const missed = survey.given({ "gate:db": [] });

describe("GAT-02: a gate", () => {
  it.each<[rule: string, when: object | undefined, given: Given, applies: boolean, because: string]>([
    ["without a condition applies", undefined, {}, true, "it has no condition"],
    ["with an empty condition applies", {}, {}, true, "it has no condition"],
    ["applies where one of its paths changed", { paths: ["db/**"] }, hit, true, "paths: db/1.sql changed and 1 more"],
    ["is left out where none did", { paths: ["db/**"] }, missed, false, "paths: no changed file is named by db/**"],
    [
      "applies where none of its paths names a file of the commit",
      { paths: ["sorce/**", "db2/**"] },
      sceneWith({ idle: ["sorce/**", "db2/**"] }),
      true,
      "cannot be told: paths: none of sorce/**, db2/** names a file of the commit",
    ],
    [
      "applies where the files of the commit are not known",
      { paths: ["db/**"] },
      sceneWith({ idle: undefined }),
      true,
      "cannot be told: paths: which files the commit holds is not known",
    ],
    [
      "is left out where one of its paths names a file, and none changed",
      { paths: ["db/**", "sorce/**"] },
      sceneWith({ idle: ["sorce/**"] }),
      false,
      "paths: no changed file is named by db/**, sorce/**",
    ],
    [
      "applies where it is not known what changed",
      { paths: ["db/**"] },
      unknown,
      true,
      "cannot be told: what changed is not known (git ended)",
    ],
    [
      "applies where the paths were never counted",
      { paths: ["db/**"] },
      survey.given({}),
      true,
      "cannot be told: what changed is not known",
    ],
    ["applies with one of its labels", { labels: ["ui", "db"] }, labelled(["db"]), true, "labels: db"],
    ["is left out with none of them", { labels: ["ui", "db"] }, labelled(["docs"]), false, "labels: none of ui, db"],
    [
      "applies where labels are missing",
      { labels: ["db"] },
      labelled(undefined),
      true,
      "cannot be told: not every commit's labels were handed in",
    ],
    ["applies to its kind of release", { "release-types": ["minor"] }, {}, true, "release-types: minor"],
    ["is left out of other kinds", { "release-types": ["major"] }, {}, false, "release-types: minor, not major"],
    [
      "applies to pre-releases by name",
      { "release-types": ["pre-release"] },
      preRelease("1.1.0-rc.1", { "v1.0.0": before }),
      true,
      "release-types: pre-release",
    ],
    [
      "applies to its environment",
      { environments: ["production"] },
      { policy: { environment: "production" } },
      true,
      "environments: production",
    ],
    [
      "is left out of others",
      { environments: ["production"] },
      { policy: { environment: "staging" } },
      false,
      "environments: staging, not production",
    ],
    [
      "applies where no environment is named",
      { environments: ["production"] },
      {},
      true,
      "cannot be told: environments: none is named",
    ],
    ["applies to its level of risk", { risk: ["low"] }, {}, true, "risk: low"],
    ["is left out of other levels", { risk: ["high"] }, {}, false, "risk: low, not high"],
    [
      "applies whatever level it asks for where it is not known what changed",
      { risk: ["low"] },
      unknown,
      true,
      "cannot be told: risk: what changed is not known: git ended",
    ],
    ["applies to the level that not knowing gives", { risk: ["high"] }, unknown, true, "risk: high"],
    [
      "needs every key to hold",
      { paths: ["db/**"], "release-types": ["major"] },
      hit,
      false,
      "release-types: minor, not major",
    ],
    [
      "applies where one key cannot be told, although another does not hold",
      { paths: ["db/**"], "release-types": ["major"] },
      unknown,
      true,
      "cannot be told: what changed is not known (git ended)",
    ],
  ])("%s", (_rule, when, given, applies, because) => {
    const { gates } = composed({ ...given, policy: { ...given.policy, ...gated(when) } });
    expect(gates).toEqual([{ id: "db", applies, because }]);
  });

  it("that is left out stands in the record itself, with the rule that decided", () => {
    const given = { policy: gated({ "release-types": ["major"] }) };
    expect(checkOf(given, "gate:db")).toMatchObject({
      result: "not-applicable",
      code: "gates.not-applicable",
      because: "release-types: minor, not major",
    });
    expect(checkOf({ policy: gated({ "release-types": ["minor"] }) }, "gate:db")).toBeUndefined();
  });

  it("that is switched off is left out, with its reason", () => {
    const { gates } = configSchema.parse({
      gates: [{ id: "ui", kind: "not-applicable", reason: "this library has no pages" }],
    });
    expect(composed({ policy: { gates } }).gates).toEqual([
      { id: "ui", applies: false, because: "switched off: this library has no pages" },
    ]);
  });
});

describe("PLN-43: globs of the configuration", () => {
  it("that name no file of the commit are told, and do not decide", () => {
    expect(checkOf(sceneWith({ idle: ["sorce/**"] }), "globs")).toMatchObject({
      ...{ result: "fail", required: false, code: "plan.glob-idle" },
      because: "expected every glob to name a file of the commit, found none for sorce/**",
    });
    expect(checkOf(sceneWith({ idle: undefined }), "globs")).toMatchObject({
      ...{ result: "inconclusive", required: false, code: "plan.glob-idle" },
    });
  });

  it.each(["!docs/**", " src/**", "src/** ", "\tsrc"])("are refused as %j, which can never name one", (glob) => {
    const gate = { id: "db", kind: "command", run: "x", "applies-when": { paths: [glob] } };
    for (const config of [
      { gates: [gate] },
      { changes: { components: [{ id: "api", paths: [glob] }] } },
      { risk: { critical: [glob] } },
      { risk: { migrations: [glob] } },
      { tiers: { areas: [{ id: "api", paths: [glob] }] } },
    ]) {
      expect(configSchema.safeParse(config).error?.message).toContain("expected a glob");
    }
    expect(configSchema.safeParse({ risk: { critical: ["!(docs)/**", "a b/", "src"] } }).success).toBe(true);
  });
});
