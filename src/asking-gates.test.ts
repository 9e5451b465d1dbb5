import { describe, expect, it } from "vitest";
import { askingGates } from "#src/asking-gates";
import { riskAttachment } from "#src/domain/changes/risk-document";
import { canonicalJson } from "#src/domain/digest";
import { requirePlan } from "#src/stage-context";
import { aContext } from "#src/testing/builders";
import { aRisk } from "#src/testing/risk-builders";

const gates = [
  { id: "tests", kind: "command", run: "npm test" },
  { id: "sign-off", kind: "approval", environment: "release" },
  { id: "reviewed", kind: "approval", "merge-review": true },
];

function asking(gate?: { applies: boolean }) {
  const planned = requirePlan(aContext({ gates }));
  const weighed = gate ? [{ id: "sign-off", because: "a patch", ...gate }] : [];
  if (gate) {
    const text = canonicalJson(aRisk({ gates: weighed }));
    planned.plan.attachments.set(riskAttachment, new TextEncoder().encode(text));
  }
  return askingGates(planned).map(({ id }) => id);
}

describe("the gates that ask people", () => {
  it("GAT-57: are those of kind approval that do not take the merge for the answer", () => {
    expect(asking()).toEqual(["sign-off"]);
  });

  it("ask nobody where the plan leaves them out, and ask where it says that they apply", () => {
    expect(asking({ applies: false })).toEqual([]);
    expect(asking({ applies: true })).toEqual(["sign-off"]);
  });
});
