import { describe, expect, it } from "vitest";
import type { EnvironmentProtection } from "#src/ports/approvals";
import type { MergedPullRequest, Review } from "#src/ports/merge-reviews";
import { aSha } from "#src/testing/builders";
import { fakeApprovals, fakeMergeReviews, type Said } from "#src/testing/fake-approvals";
import { gateTrial } from "#src/testing/gate-trial";
import { releaseGates } from "../release-gates.ts";

const protectedOne: EnvironmentProtection = {
  ...{ reviewers: ["grace", "team:pilots"], preventsSelfReview: true, restrictsBranches: false },
  url: "https://github.example/octo/tide/settings/environments/1/edit",
};

interface Around {
  said?: Said;
  pulls?: MergedPullRequest[];
  required?: number;
  token?: string;
}

async function leg(keys: object, { said, pulls, required, token = "t" }: Around = {}) {
  const { given, context, ports } = gateTrial({ id: "sign-off", kind: "approval", ...keys });
  const report = await releaseGates({ ...given, "github-token": token }, context, {
    ...ports,
    approvals: fakeApprovals(said),
    merges: fakeMergeReviews(pulls, required),
  });
  expect(report.leg).toBe("sign-off");
  return report.checks[0];
}

const guarded = (changes: Partial<EnvironmentProtection> = {}) => ({
  said: { environments: { release: { ...protectedOne, ...changes } } },
});

describe("the leg of an environment's approval", () => {
  it("GAT-54: passes where the environment waits for reviewers, and names them", async () => {
    expect(await leg({ environment: "release" }, guarded())).toMatchObject({
      result: "pass",
      because: "environment release waits for one of grace, team:pilots",
    });
  });

  it.each<[what: string, keys: object, around: Around, found: string]>([
    ["does not exist", {}, {}, "no such environment"],
    ["asks nobody", {}, guarded({ reviewers: [] }), "no required reviewers"],
    ["lets reviewers approve their own run", {}, guarded({ preventsSelfReview: false }), "their own run"],
    ["is open to every branch against the gate's word", { "branch-policy": true }, guarded(), "no restriction"],
  ])("GAT-54: fails where the environment %s", async (_what, keys, around, found) => {
    const check = await leg({ environment: "release", ...keys }, around);
    expect(check).toMatchObject({ result: "fail", code: "gates.approval-unprotected" });
    expect(check?.because).toContain(found);
  });

  it("passes with self-review where the starter may approve, and with the branches restricted", async () => {
    const self = guarded({ preventsSelfReview: false });
    expect((await leg({ environment: "release", "not-by": ["author"] }, self))?.result).toBe("pass");
    const branches = guarded({ restrictsBranches: true });
    expect((await leg({ environment: "release", "branch-policy": true }, branches))?.result).toBe("pass");
  });

  it("is inconclusive without a token", async () => {
    expect(await leg({ environment: "release" }, { ...guarded(), token: "" })).toMatchObject({
      ...{ result: "inconclusive", code: "gates.approval-unknown" },
    });
  });

  it("leaves an open environment to the issue where a comment counts too", async () => {
    const keys = { environment: "release", fallback: "issue", approvers: ["joan"] };
    const check = await leg(keys, guarded({ reviewers: [] }));
    expect(check?.result).toBe("pass");
    expect(check?.because).toContain('a comment of joan on the issue "Approve release v1.1.0" decides');
  });

  it("asks GitHub nothing where an issue alone decides", async () => {
    expect((await leg({ fallback: "issue", approvers: ["joan"] }, { token: "" }))?.result).toBe("pass");
  });
});

const head = aSha("c");
const aReview = (changes: Partial<Review> = {}): Review => ({
  ...{ by: "grace", automated: false, state: "APPROVED", commit: head, standing: "MEMBER" },
  ...{ submitted: new Date("2026-01-01T11:00:00Z"), url: "https://github.example/octo/tide/pull/4#review-1" },
  ...changes,
});
const aPull = (...reviews: Review[]): MergedPullRequest => ({
  ...{ number: 4, url: "https://github.example/octo/tide/pull/4", author: "mona", base: "main", head, reviews },
});

describe("the leg of a reviewed merge", () => {
  const merged = { "merge-review": true };
  const missing = { result: "fail", code: "gates.merge-review-missing" };

  it("GAT-58: passes where another than the author approved the last commit, and names who and when", async () => {
    expect(await leg(merged, { pulls: [aPull(aReview())] })).toMatchObject({
      result: "pass",
      because: `#4 was approved at ${head} by grace at 2026-01-01T11:00:00Z`,
    });
  });

  it.each<[what: string, reviews: Review[]]>([
    ["nobody reviewed", []],
    ["somebody only commented", [aReview({ state: "COMMENTED" })]],
    ["an earlier commit was approved", [aReview({ commit: aSha("b") })]],
    ["GitHub does not tell which commit was approved", [aReview({ commit: undefined })]],
    ["its author approved", [aReview({ by: "Mona" })]],
    ["the author of its last commit approved", [aReview({ by: "mara" })]],
    ["an app approved", [aReview({ automated: true })]],
    ["a stranger approved", [aReview({ standing: "CONTRIBUTOR" })]],
    ["the approval was dismissed later", [aReview(), aReview({ state: "DISMISSED" })]],
    ["another insider wants changes", [aReview(), aReview({ by: "ada", state: "CHANGES_REQUESTED" })]],
  ])("GAT-58: fails where %s", async (_what, reviews) => {
    expect(await leg(merged, { pulls: [aPull(...reviews)] })).toMatchObject(missing);
  });

  it("GAT-58: fails on a commit that is no merge, that is several, and on a branch whose rules ask for no review", async () => {
    expect(await leg(merged, { pulls: [] })).toMatchObject(missing);
    expect(await leg(merged, { pulls: [aPull(aReview()), aPull(aReview())] })).toMatchObject(missing);
    const lax = await leg(merged, { pulls: [aPull(aReview())], required: 0 });
    expect(lax).toMatchObject(missing);
    expect(lax?.because).toContain("found none in the rulesets of main");
  });

  it("an approval stands though its giver comments later, and a stranger's wish for changes does not block", async () => {
    const reviews = [
      aReview(),
      aReview({ state: "COMMENTED" }),
      aReview({ by: "x", state: "CHANGES_REQUESTED", standing: "NONE" }),
    ];
    expect((await leg(merged, { pulls: [aPull(...reviews)] }))?.result).toBe("pass");
  });

  it("counts the approvers alone where they are named, and as many as the gate wants", async () => {
    expect(await leg({ ...merged, approvers: ["joan"] }, { pulls: [aPull(aReview())] })).toMatchObject(missing);
    const two = [aReview(), aReview({ by: "joan" })];
    expect((await leg({ ...merged, reviewers: 2 }, { pulls: [aPull(...two)], required: 2 }))?.result).toBe("pass");
    expect(await leg({ ...merged, reviewers: 2 }, { pulls: [aPull(aReview())], required: 2 })).toMatchObject(missing);
  });

  it("is inconclusive where GitHub knows no account of the author of the last commit", async () => {
    expect(await leg(merged, { pulls: [aPull(aReview())], said: { author: undefined } })).toMatchObject({
      ...{ result: "inconclusive", code: "gates.approval-unknown" },
    });
  });
});
