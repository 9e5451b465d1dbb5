import { describe, expect, it } from "vitest";
import { aRemote, before, checkOf, elsewhere, type Given, head, silence, tipsOf } from "./testing/plan-facts.ts";

describe("where it comes from", () => {
  it.each<[rule: string, given: Given, check: string, result: string, code: string]>([
    [
      "PLN-01: an operator of two words is refused",
      { policy: { operator: "some one" } },
      "operator",
      "fail",
      "plan.operator-invalid",
    ],
    [
      "PLN-01: a missing operator is refused",
      { policy: { operator: "" } },
      "operator",
      "fail",
      "plan.operator-invalid",
    ],
    [
      "PLN-06: two environments are refused",
      { policy: { environment: "staging, production" } },
      "environment",
      "fail",
      "plan.environment-ambiguous",
    ],
    [
      "F12: a checkout of another commit is refused",
      { facts: { run: { sha: before, event: "push" } } },
      "commit",
      "fail",
      "plan.commit-mismatch",
    ],
    [
      "PLN-05: a dirty tree is refused",
      { facts: { checkout: { head, shallow: false, dirty: ["a.txt"] } } },
      "tree-clean",
      "fail",
      "plan.tree-dirty",
    ],
    [
      "PLN-44: a shallow clone is not enough",
      { facts: { checkout: { head, shallow: true, dirty: [] } } },
      "history",
      "inconclusive",
      "plan.history-truncated",
    ],
    [
      "PLN-44: a shallow clone cannot tell the commits",
      { facts: { checkout: { head, shallow: true, dirty: [] } } },
      "commits",
      "inconclusive",
      "plan.history-truncated",
    ],
    [
      "PLN-04: a commit on no branch of the remote is refused",
      { facts: { remote: aRemote({ heads: { main: before } }), tips: tipsOf([before], []) } },
      "pushed",
      "fail",
      "plan.source-not-pushed",
    ],
    [
      "PLN-04: a branch that moved since the checkout cannot tell",
      { facts: { remote: aRemote({ heads: { main: elsewhere } }), tips: tipsOf([head], [head]) } },
      "pushed",
      "inconclusive",
      "plan.remote-moved",
    ],
    [
      "PLN-03: a silent remote cannot tell the branches",
      { facts: { remote: silence } },
      "pushed",
      "inconclusive",
      "plan.remote-unknown",
    ],
    [
      "PLN-03: a silent remote cannot tell the base",
      { facts: { remote: silence } },
      "base",
      "inconclusive",
      "plan.remote-unknown",
    ],
    [
      "PLN-03: a silent remote cannot tell whether the tag is free",
      { facts: { remote: silence } },
      "tag-free",
      "inconclusive",
      "plan.remote-unknown",
    ],
    [
      "PLN-26: a silent remote cannot tell what is released",
      { facts: { remote: silence } },
      "version-increased",
      "inconclusive",
      "plan.remote-unknown",
    ],
  ])("%s", expectFinding);

  it.each<[rule: string, given: Given, check: string]>([
    [
      "a dispatched run may check another commit out",
      { facts: { run: { sha: before, event: "workflow_dispatch" } } },
      "commit",
    ],
    [
      "PLN-04: the tip of a branch is pushed, also where no ref of the checkout names it",
      { facts: { tips: tipsOf([], []) } },
      "pushed",
    ],
    [
      "PLN-04: a commit inside a branch of the remote is pushed",
      { facts: { remote: aRemote({ heads: { main: elsewhere } }), tips: tipsOf([elsewhere], [elsewhere]) } },
      "pushed",
    ],
    ["PLN-06: one environment is named", { policy: { environment: "production" } }, "environment"],
  ])("%s", expectPass);

  it("PLN-05: a dirty tree is told with its paths, at most twenty in words", () => {
    const dirty = Array.from({ length: 30 }, (_, index) => `file-${index}`);
    const check = checkOf({ facts: { checkout: { head, shallow: false, dirty } } }, "tree-clean");
    expect(check?.because).toBe(`expected no path to differ, found ${dirty.slice(0, 20).join(", ")} and 10 more`);
    expect(check?.evidence).toEqual(dirty);
  });
});

function expectFinding(_rule: string, given: Given, id: string, result: string, code: string): void {
  expect(checkOf(given, id)).toMatchObject({ result, code });
}

function expectPass(_rule: string, given: Given, id: string): void {
  expect(checkOf(given, id)).toMatchObject({ result: "pass" });
}
