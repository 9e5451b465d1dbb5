import { describe, expect, it } from "vitest";
import { configSchema } from "#src/contract/config/schema";
import type { Given } from "../testing/plan-facts.ts";
import { composed, counted, survey } from "../testing/risk-facts.ts";

const into = (environment: object): Given["policy"] => ({
  environment: "production",
  environments: configSchema.parse({ environments: [{ id: "production", ...environment }] }).environments,
});
const every = ["all-at-once", "rolling", "blue-green", "canary", "manual"];
const breaking = counted({ breaking: 1 });
const medium = counted({ security: 1 });

describe("DEP-01: the recommended strategy", () => {
  it.each<[rule: string, given: Given, environment: object, strategy: string, because: RegExp]>([
    ["a breaking change goes out as a canary", breaking, { strategies: every }, "canary", /^a breaking change/],
    [
      "or blue-green without canaries",
      breaking,
      { strategies: ["all-at-once", "blue-green"] },
      "blue-green",
      /^a breaking/,
    ],
    ["even with internal traffic", breaking, { strategies: every, traffic: "internal" }, "canary", /^a breaking/],
    [
      "a high risk goes out as a canary",
      survey.given({ "risk:critical": ["a"] }),
      { strategies: every },
      "canary",
      /is high/,
    ],
    ["a medium risk is rolled out", medium, { strategies: every }, "rolling", /the risk is medium/],
    ["a low risk goes out at once", {}, { strategies: every }, "all-at-once", /the risk is low/],
    [
      "internal traffic goes at once",
      medium,
      { strategies: every, traffic: "internal" },
      "all-at-once",
      /internal traffic/,
    ],
    ["nothing else supported goes at once", breaking, {}, "all-at-once", /no other way than all-at-once/],
    ["what only a person does stays manual", breaking, { strategies: ["manual"] }, "manual", /a person deploys/],
  ])("%s", (_rule, given, environment, strategy, because) => {
    const { deployment } = composed({ ...given, policy: into(environment) });
    expect(deployment).toMatchObject({ environment: "production", recommended: strategy });
    expect(deployment.because).toMatch(because);
  });

  it("is none where nothing is deployed, or nothing is declared of the environment", () => {
    expect(composed({}).deployment).toMatchObject({ environment: null, recommended: null, rollback: null });
    expect(composed({ policy: { environment: "production" } }).deployment).toMatchObject({
      environment: "production",
      recommended: null,
      rollback: "v1.0.0",
    });
  });
});
