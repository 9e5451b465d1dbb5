import { describe, expect, it } from "vitest";
import { aCheck, anArrival, aRecord } from "#src/testing/builders";
import { causesOfChecks, findCauses } from "./causes.ts";

describe("people who have not agreed", () => {
  const collector = anArrival(aRecord({ stage: "release-gates" }));
  const answer = (result: "pass" | "fail") =>
    anArrival(
      aRecord({
        ...{ stage: "release-gates", leg: "approval_answer", verdict: { result, "decided-by": ["sign-off"] } },
        checks: [
          aCheck({ id: "sign-off", result, ...(result === "fail" ? { code: "gates.aborted-by-decision" } : {}) }),
        ],
      }),
    );
  const causes = (...admitted: ReturnType<typeof answer>[]) =>
    findCauses({ admitted: [collector, ...admitted], refused: [] }, [{ job: "prepare", result: "failure" }]).causes;

  it("GAT-57: are no blocker to repair, and explain the job that their decision ended", () => {
    expect(causes(answer("fail"))).toEqual([]);
  });

  it("do not explain a job that broke off although they agreed", () => {
    expect(causes(answer("pass"))).toMatchObject([{ origin: "job" }]);
  });
});

it("PUB-34: a release that is published in part is one blocker, whatever is wrong with each channel", () => {
  const against = (id: string, code: "publish.not-live" | "publish.partial" | "publish.hash-mismatch") =>
    aCheck({ id, result: "fail", code });
  const checks = [
    against("pypi:live", "publish.not-live"),
    against("together", "publish.partial"),
    against("oci:live", "publish.hash-mismatch"),
  ];
  expect(causesOfChecks({ stage: "publish-verify", leg: "" }, checks)).toMatchObject([{ code: "publish.partial" }]);
  expect(causesOfChecks({ stage: "publish-verify", leg: "" }, checks.slice(2))).toHaveLength(1);
});
