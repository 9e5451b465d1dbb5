import { describe, expect, it } from "vitest";
import { refusal } from "#src/adapters/github-tags";
import { answered, sharedTroubles } from "#src/testing/github-answers";

describe("a write that GitHub did not confirm", () => {
  it.each([
    ["met a ref of that name", answered(422, "Reference already exists"), "exists", undefined],
    ["met a ruleset", answered(422, "Repository rule violations found"), "refused", "tag.rule-forbids"],
    [
      "met a ruleset, said otherwise",
      answered(422, "Cannot create ref due to creations being restricted."),
      "refused",
      "tag.rule-forbids",
    ],
    [
      "names the tag of an immutable release",
      answered(422, "tag_name was used by an immutable release"),
      "refused",
      "tag.name-burnt",
    ],
    ["names a commit that is not there", answered(422, "Object does not exist"), "refused", "tag.create-failed"],
    ["met a conflict", answered(409), "refused", "tag.create-failed"],
    ["lacks a scope", answered(403, "Resource not accessible by integration"), "refused", "tag.permission-missing"],
    ["meets a repository that is hidden from it", answered(404), "refused", "tag.permission-missing"],
    ...sharedTroubles,
  ])("TAG-08: %s", (_what, error, outcome, code) => {
    expect(refusal(error)).toMatchObject({ outcome, ...(code ? { code } : {}) });
  });

  it.each([
    [
      "that GitHub names",
      { "x-accepted-github-permissions": "contents=write; workflows=write" },
      "contents: write; workflows: write",
    ],
    ["that the write takes, where GitHub names none", {}, "contents: write"],
  ])("TAG-01: lacks a scope, and is told the one %s", (_what, headers, scope) => {
    const error = Object.assign(answered(403, "Resource not accessible by integration"), { response: { headers } });
    expect(refusal(error)).toMatchObject({ because: expect.stringContaining(`the token needs \`${scope}\``) });
  });

  it("is explained in GitHub's own words", () => {
    expect(refusal(answered(422, "Repository rule violations found"))).toMatchObject({
      because: "GitHub answered 422: Repository rule violations found",
    });
  });
});
