import { describe, expect, it } from "vitest";
import { canonicalJson } from "#src/domain/digest";
import { requirePlan } from "#src/stage-context";
import { aCheck, aContext, aSha } from "#src/testing/builders";
import { askPeople } from "./ask-people.ts";

const asking = {
  ...{ id: "sign-off", kind: "approval", environment: "release", fallback: "issue", approvers: ["joan"] },
};
const audit = { id: "audit", kind: "command", run: "npm audit", required: false };
const commit = { sha: aSha("d"), subject: "feat!: turn the <tide>", class: "feature", breaking: true };

function asked(checks = [aCheck({ id: "sign-off" })], context?: object) {
  const planned = requirePlan(aContext({ gates: [asking, audit] }));
  if (context) planned.plan.attachments.set("context.json", new TextEncoder().encode(canonicalJson(context)));
  return askPeople({ checks, next: "Tag it." }, planned);
}

describe("what people see before they decide", () => {
  it("GAT-57: is the version, the commit, the environment, what to go back to, counts, changes, risks and how to answer", () => {
    const commits = { total: 31, breaking: 1, list: [commit] };
    const summary = asked(undefined, { environment: "production", operator: "mona", commits }).summary ?? "";
    const parts = ["1.1.0", aSha(), "production", "mona", "v1.0.0", "1 passed", "31 commits, 1 of them breaking"];
    for (const part of [...parts, "1 breaking change", "environment `release`", "reject v1.1.0"]) {
      expect(summary).toContain(part);
    }
    expect(summary).toContain(`approve v1.1.0 ${aSha()}`);
    expect(summary).toContain("30 more are in the plan's context.json");
    expect(summary).not.toContain("<tide>");
  });

  it("GAT-57: names what speaks against the release though it does not decide", () => {
    const against = aCheck({
      id: "audit",
      required: false,
      result: "fail",
      title: "No advisory",
      because: "one stands",
    });
    expect(asked([aCheck({ id: "sign-off" }), against]).summary).toContain("No advisory: one stands");
    expect(asked().summary).toContain("no gate speaks against it");
  });

  it("is not shown where the gates did not pass: there is nothing to decide", () => {
    const report = asked([aCheck({ result: "fail", code: "gates.failed" })]);
    expect(report.summary).toBe("");
    expect(report.next).toBe("Tag it.");
  });

  it("says of a plan without a context that it does not know", () => {
    expect(asked().summary).toContain("not recorded");
  });
});
