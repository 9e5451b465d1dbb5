import { describe, expect, it } from "vitest";
import { moveRefusal } from "#src/adapters/github-branches";
import { answered, sharedTroubles } from "#src/testing/github-answers";

describe("PRO-07: a move that GitHub did not confirm", () => {
  it.each([
    ["is no fast-forward", answered(422, "Update is not a fast forward"), "not-forward", undefined],
    ["meets a ruleset", answered(422, "Repository rule violations found"), "refused", "promote.push-rejected"],
    [
      "lacks a required check",
      answered(422, 'Required status check "test" is expected.'),
      "refused",
      "promote.push-rejected",
    ],
    ["meets a protection", answered(403, "Protected branch update failed"), "refused", "promote.push-rejected"],
    ["meets a conflict", answered(409), "refused", "promote.push-rejected"],
    ["names a branch that is gone", answered(422, "Reference does not exist"), "refused", "promote.branch-missing"],
    ["lacks a scope", answered(403, "Resource not accessible by integration"), "refused", "promote.permission-missing"],
    ["meets a repository that is hidden from it", answered(404), "refused", "promote.permission-missing"],
    ...sharedTroubles,
  ])("%s", (_what, error, outcome, code) => {
    expect(moveRefusal(error)).toMatchObject({ outcome, ...(code ? { code } : {}) });
  });

  it("is explained in GitHub's own words", () => {
    expect(moveRefusal(answered(422, "Repository rule violations found"))).toMatchObject({
      because: "GitHub answered 422: Repository rule violations found",
    });
  });
});
