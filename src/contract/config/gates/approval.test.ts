import { describe, expect, it } from "vitest";
import { approvalGate } from "#src/contract/config/gates/approval";

const gate = (keys: object) => approvalGate.safeParse({ id: "sign-off", kind: "approval", ...keys });

describe("a gate of kind approval", () => {
  it("GAT-54: asks one person who is neither the author nor the starter, for an hour, unless told otherwise", () => {
    expect(gate({ environment: "release" }).data).toMatchObject({
      ...{ reviewers: 1, "not-by": ["author", "actor"], fallback: "none", "decision-timeout": "60m" },
    });
  });

  it.each<[case_: string, keys: object]>([
    ["an environment", { environment: "release" }],
    ["an issue", { fallback: "issue", approvers: ["grace"] }],
    [
      "an environment or an issue, and two people",
      { environment: "release", fallback: "issue", approvers: ["grace", "joan"], reviewers: 2 },
    ],
    ["a reviewed merge", { "merge-review": true, reviewers: 2 }],
  ])("may ask by %s", (_case, keys) => {
    expect(gate(keys).success).toBe(true);
  });

  it.each<[case_: string, keys: object, because: string]>([
    ["asks nobody", {}, "expected either"],
    [
      "asks people and takes the merge for their answer",
      { environment: "release", "merge-review": true },
      "expected either",
    ],
    ["asks on an issue without approvers", { fallback: "issue" }, "at least 1 different people"],
    [
      "counts one approver twice",
      { fallback: "issue", approvers: ["grace", "Grace"], reviewers: 2 },
      "at least 2 different",
    ],
    ["asks two people by an environment alone", { environment: "release", reviewers: 2 }, "the first approval"],
    ["names an app as approver", { fallback: "issue", approvers: ["harbour[bot]"] }, "expected the login of a person"],
    [
      "names an environment that a workflow could not",
      { environment: "rel ease" },
      "expected the name of an environment",
    ],
  ])("is refused where it %s", (_case, keys, because) => {
    const { error } = gate(keys);
    expect(error?.issues.map(({ message }) => message).join("; ")).toContain(because);
  });
});
