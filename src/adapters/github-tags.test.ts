import { describe, expect, it } from "vitest";
import { refusal } from "#src/adapters/github-tags";

const answered = (status: number, message = "no") => Object.assign(new Error(message), { status });

describe("a write that GitHub did not confirm", () => {
  it.each([
    ["met a ref of that name", answered(422, "Reference already exists"), "exists", undefined],
    ["met a rule that forbids", answered(422, "Repository rule violations found"), "refused", "tag.create-failed"],
    ["names a commit that is not there", answered(422, "Object does not exist"), "refused", "tag.create-failed"],
    ["met a conflict", answered(409), "refused", "tag.create-failed"],
    ["lacks a scope", answered(403, "Resource not accessible by integration"), "refused", "tag.permission-missing"],
    ["meets a repository that is hidden from it", answered(404), "refused", "tag.permission-missing"],
    ["has a token that is not valid", answered(401, "Bad credentials"), "refused", "all.auth-unhealthy"],
    ["met the quota", answered(429), "refused", "all.rate-limited"],
    ["met the quota under another number", answered(403, "API rate limit exceeded"), "refused", "all.rate-limited"],
    ["met a server in trouble", answered(502), "unclear", undefined],
    ["got no answer", new Error("socket hang up"), "unclear", undefined],
    ["got what is no error", undefined, "unclear", undefined],
  ])("TAG-08: %s", (_what, error, outcome, code) => {
    expect(refusal(error)).toMatchObject({ outcome, ...(code ? { code } : {}) });
  });

  it("is explained in GitHub's own words", () => {
    expect(refusal(answered(422, "Repository rule violations found"))).toMatchObject({
      because: "GitHub answered 422: Repository rule violations found",
    });
  });
});
