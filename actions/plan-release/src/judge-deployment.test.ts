import { describe, expect, it } from "vitest";
import { configSchema } from "#src/contract/config/schema";
import { aRemote, baseDate, checkOf, type Given, versionPolicy } from "./testing/plan-facts.ts";
import { survey } from "./testing/risk-facts.ts";

const { environments } = configSchema.parse({
  environments: [
    { id: "production", requires: ["scripts/deploy.sh"] },
    { id: "staging", rollback: "none" },
  ],
});
const first: Given = {
  policy: { version: { ...versionPolicy, "first-release": true } },
  facts: { remote: aRemote({ tags: {} }) },
};
const into = (environment: string, given: Given = {}): Given => ({
  ...given,
  policy: { ...given.policy, environments, environment },
});

describe("an environment", () => {
  it.each([
    ["PLN-06: declared and named passes", into("production"), "pass", undefined],
    ["PLN-06: declared and not named is open", into(""), "inconclusive", "plan.environment-missing"],
    ["PLN-06: named and not declared is refused", into("prod"), "fail", "plan.environment-unknown"],
    ["PLN-06: named twice is refused", into("production staging"), "fail", "plan.environment-ambiguous"],
    ["PLN-06: named where none are declared passes", { policy: { environment: "prod" } }, "pass", undefined],
  ])("%s", (_rule, given, result, code) => {
    const found = checkOf(given, "environment");
    expect([found?.result, found?.code]).toEqual([result, code]);
  });

  it("PLN-08: whose required files are in the commit can be deployed to", () => {
    expect(checkOf(into("production"), "prerequisites")).toMatchObject({ result: "pass" });
  });

  it("PLN-08: that lacks one is refused, with its path", () => {
    const scene = { paths: survey({}), baseDate, missing: ["scripts/deploy.sh"], idle: [] };
    const found = checkOf(into("production", { facts: { scene } }), "prerequisites");
    expect(found).toMatchObject({ result: "fail", code: "plan.prerequisite-missing", evidence: ["scripts/deploy.sh"] });
  });

  it("PLN-07: rolls back to the release before", () => {
    expect(checkOf(into("production"), "rollback-target")).toMatchObject({ result: "pass", because: "v1.0.0" });
  });

  it("PLN-07: without a release before is refused, unless it says that there is nothing to go back to", () => {
    expect(checkOf(into("production", first), "rollback-target")).toMatchObject({
      result: "inconclusive",
      code: "plan.rollback-target-missing",
    });
    expect(checkOf(into("staging", first), "rollback-target")).toMatchObject({ result: "not-applicable" });
  });
});
