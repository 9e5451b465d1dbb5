import { describe, expect, it } from "vitest";
import { configSchema } from "#src/contract/config/schema";
import { baseDate, checkOf, type Given, value } from "../testing/plan-facts.ts";
import { composed, survey } from "../testing/risk-facts.ts";

const { tiers } = configSchema.parse({
  tiers: {
    patch: ["core"],
    minor: ["core", "engines"],
    major: ["core", "engines", "upgrade"],
    "pre-release": ["core"],
    areas: [{ id: "store", paths: ["store/**"], tiers: ["upgrade"], tests: ["store::migrates"] }],
  },
});
const command = (id: string, more: object) => ({ id, kind: "command", run: "x", ...more });
const scenario = (id: string, more: object) => ({ id, run: "x", ...more });
const junit = { id: "unit", kind: "junit", files: ["*.xml"], "must-run": true };

function given(config: { gates?: object[]; smoke?: object[] }, more: Given = {}): Given {
  const parsed = configSchema.parse({ gates: config.gates ?? [], smoke: { scenarios: config.smoke ?? [] } });
  return { ...more, policy: { tiers, gates: parsed.gates, smoke: parsed.smoke, ...more.policy } };
}

const touched = survey.given({ "area:store": ["store/a"] });
const untouched = survey.given({ "area:store": [] });

describe("GAT-59: what a release requires", () => {
  it.each<[version: string, more: Given, expected: string[]]>([
    ["1.0.1", untouched, ["core"]],
    ["1.1.0", untouched, ["core", "engines"]],
    ["2.0.0", untouched, ["core", "engines", "upgrade"]],
    ["1.1.0-rc.1", untouched, ["core"]],
    ["1.0.1", touched, ["core", "upgrade"]],
  ])("%s requires tiers by its kind and by what changed: %#", (version, more, expected) => {
    const facts = { ...more.facts, versions: [value(version)], changelog: undefined };
    expect(composed({ policy: { tiers }, facts }).tiers.map(({ tier }) => tier)).toEqual(expected);
  });

  it("says why, once for each tier and test", () => {
    const { tiers: found, "must-run": tests } = composed({ ...touched, policy: { tiers } });
    expect(found.find(({ tier }) => tier === "engines")?.because).toBe(
      "a minor release: 1.0.0 to 1.1.0 is a minor step",
    );
    expect(tests).toEqual([{ test: "store::migrates", because: "area store: store/a changed" }]);
  });

  it("counts every area where it is not known what changed", () => {
    const paths = { known: false as const, because: "out of reach" };
    const { tiers: found, "must-run": tests } = composed({
      policy: { tiers },
      facts: { scene: { paths, baseDate, missing: [], idle: [] } },
    });
    expect(found.map(({ tier }) => tier)).toContain("upgrade");
    expect(tests).toHaveLength(1);
  });
});

describe("GAT-59: a required tier", () => {
  const engines = command("engines", { tier: "engines" });
  const minor = { policy: {}, ...untouched };

  it("is proven by a gate or by a smoke scenario", () => {
    const check = checkOf(given({ gates: [engines], smoke: [scenario("starts", { tier: "core" })] }, minor), "tiers");
    expect(check).toMatchObject({ result: "pass", because: "core by starts; engines by engines" });
  });

  it.each<[string, { gates?: object[]; smoke?: object[] }]>([
    ["no gate and no scenario names it", { gates: [engines] }],
    ["the gate is advisory", { gates: [engines, command("core", { tier: "core", required: false })] }],
    ["the scenario is advisory", { gates: [engines], smoke: [scenario("starts", { tier: "core", required: false })] }],
    [
      "the gate does not apply",
      { gates: [engines, command("core", { tier: "core", "applies-when": { "release-types": ["major"] } })] },
    ],
  ])("blocks where %s", (_case, config) => {
    const check = checkOf(given(config, minor), "tiers");
    expect(check).toMatchObject({ result: "inconclusive", code: "gates.tier-missing" });
    expect(check?.because).toContain("no required gate or scenario of tier core");
  });

  it("is no question where nothing is required", () => {
    expect(checkOf({}, "tiers")).toBeUndefined();
    expect(checkOf({}, "must-run")).toBeUndefined();
  });
});

describe("GAT-59: a test that a change requires", () => {
  it("is looked for by a gate with must-run", () => {
    expect(checkOf(given({ gates: [junit] }, touched), "must-run")).toMatchObject({ result: "pass" });
  });

  it.each([
    ["no gate looks for it", [{ ...junit, "must-run": false }]],
    ["the gate that does is advisory", [{ ...junit, required: false }]],
    ["the gate that does is left out", [{ ...junit, "applies-when": { "release-types": ["major"] } }]],
  ])("blocks where %s", (_case, gates) => {
    expect(checkOf(given({ gates }, touched), "must-run")).toMatchObject({
      result: "inconclusive",
      code: "gates.must-run-missing",
    });
  });
});
