import { describe, expect, it } from "vitest";
import { judgeReliance } from "#src/domain/reliance";
import { anArrival, aRecord } from "#src/testing/builders";

const passed = anArrival(aRecord({ stage: "smoke-test" }));
const failed = anArrival(
  aRecord({ stage: "smoke-test", leg: "macos", verdict: { result: "inconclusive", "decided-by": ["one"] } }),
);

describe("a stage that relies on an earlier one", () => {
  it.each([
    ["is carried by a record that passed", [passed], "pass", undefined],
    ["is not carried by nothing", [], "inconclusive", "all.evidence-missing"],
    ["is not carried by a record of another stage", [anArrival(aRecord())], "inconclusive", "all.evidence-missing"],
    ["is not carried when one leg did not pass", [passed, failed], "fail", "all.not-run"],
  ] as const)("%s", (_rule, admitted, result, code) => {
    const check = judgeReliance({ admitted: [...admitted], refused: [] }, "smoke-test", "all.not-run");
    expect({ result: check.result, code: check.code }).toEqual({ result, code });
  });
});
