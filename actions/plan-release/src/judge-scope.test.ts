import { describe, expect, it } from "vitest";
import { configSchema } from "#src/contract/config/schema";
import { aSha } from "#src/testing/builders";
import { checkOf, commitsAsking, type Given, versionPolicy } from "./testing/plan-facts.ts";

const { changes } = configSchema.parse({
  changes: { excluded: [{ ticket: "#12", by: "ada", reason: "not ready for users" }] },
});

const bringing = (tickets: Record<string, string>): Given => {
  const commits = commitsAsking("minor");
  const named = { ...commits.changes, tickets: new Map(Object.entries(tickets)) };
  return { policy: { changes }, facts: { commits: { ...commits, changes: named } } };
};

describe("PLN-12: an excluded ticket", () => {
  it("passes where no commit brings it, and is recorded with who excluded it and why", () => {
    const found = checkOf(bringing({ "#13": aSha("1") }), "scope");
    expect(found).toMatchObject({ result: "pass", because: "none of #12 (ada: not ready for users)" });
  });

  it("is refused where a commit brings it, with that commit", () => {
    expect(checkOf(bringing({ "#12": aSha("1") }), "scope")).toMatchObject({
      result: "fail",
      code: "plan.scope-not-separable",
      evidence: [aSha("1")],
    });
  });

  it("is open where the commits are not known", () => {
    const found = checkOf({ policy: { changes }, facts: { commits: undefined, baseReachable: false } }, "scope");
    expect(found).toMatchObject({ result: "inconclusive", code: "plan.history-truncated" });
  });

  it("is no question where none is excluded", () => {
    expect(checkOf({}, "scope")).toBeUndefined();
  });
});

describe("PLN-33: the subject of the commit that sets the version", () => {
  const asked = (rule: "report" | "block", bumpMessage: boolean): Given => ({
    policy: {
      version: { ...versionPolicy, "bump-message": "chore: bump version to {version}", "bump-message-rule": rule },
    },
    facts: { commits: { ...commitsAsking("minor"), bumpMessage } },
  });

  it.each(["report", "block"] as const)("passes where a commit has it (%s)", (rule) => {
    expect(checkOf(asked(rule, true), "bump-message")).toMatchObject({
      result: "pass",
      because: "chore: bump version to 1.1.0",
    });
  });

  it.each([
    ["report", false],
    ["block", true],
  ] as const)("is missed with %s: required is %s", (rule, required) => {
    expect(checkOf(asked(rule, false), "bump-message")).toMatchObject({
      result: "fail",
      code: "plan.commit-message-convention",
      required,
    });
  });
});
