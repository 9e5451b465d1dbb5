import { describe, expect, it } from "vitest";
import { Failure } from "#src/domain/failure";
import { anIssue, aPullRequest } from "#src/testing/fake-linked-issues";
import { auditTrial, type IssueTrial, shaAt } from "../testing/issue-audit.ts";
import { judgeIssues } from "./judge-issues.ts";

const issue = anIssue({ number: 1, labels: ["Bug"] });
const incomplete = anIssue({ number: 2, title: " ", body: "It leaks." });
const unlabelled = anIssue({ number: 3, labels: ["question"] });
const open = anIssue({ number: 4, open: true });

async function judged(trial: IssueTrial) {
  const { policy, facts, audit } = await auditTrial(trial);
  return judgeIssues(policy, { facts, audit });
}

async function checkOf(trial: IssueTrial, id: string) {
  return (await judged(trial)).find((check) => check.id === id);
}

const results = async (trial: IssueTrial) => (await judged(trial)).map(({ result, code }) => code ?? result);

describe("the audit of issues", () => {
  it("PLN-40 PLN-41 PLN-42: passes where every commit has an issue that tells all, and every fixed one is closed", async () => {
    const commits = ["feat: tides #1", "fix: leak (#1)", "chore: up"];
    expect(await results({ commits, held: [issue] })).toEqual(["pass", "pass", "pass", "pass", "pass"]);
  });

  it("PLN-40: lists every commit without an issue, and counts those it does not show", async () => {
    const commits = Array.from({ length: 12 }, (_, index) => `feat: tide ${index}`);
    const check = await checkOf({ commits }, "commit-issues");
    expect(check).toMatchObject({ result: "fail", code: "plan.commit-without-issue", required: true });
    expect(check?.evidence).toHaveLength(12);
    expect(check?.because).toMatch(/^expected an issue of each of 12 commits, found none of 12: .* and 2 more$/);
  });

  it("PLN-40: is advisory where the policy only reports", async () => {
    const check = await checkOf({ commits: ["feat: x"], issues: { audit: "report" } }, "commit-issues");
    expect(check).toMatchObject({ result: "fail", required: false });
  });

  it("PLN-41: names the fields that an issue lacks, and issues without a label", async () => {
    const trial = { commits: ["feat: a #2", "feat: b #3"], held: [incomplete, unlabelled] };
    expect(await checkOf(trial, "issue-fields")).toMatchObject({
      code: "plan.issue-incomplete",
      because: "expected 2 issues that tell all, found 1 without: octo/tide#2 (no title, impact, files)",
    });
    expect(await checkOf(trial, "issue-labels")).toMatchObject({
      code: "plan.issue-unlabelled",
      because: "expected 2 issues with one of the labels, found 1 without: octo/tide#3",
      evidence: [unlabelled.url],
    });
  });

  it("PLN-41: takes other fields and labels, compared without case, or no labels at all", async () => {
    const issues = { labels: ["Question"], "required-fields": { what: ["*"] } };
    expect(await results({ commits: ["feat: b #3"], held: [unlabelled], issues })).not.toContain(
      "plan.issue-unlabelled",
    );
    const none = { labels: [], "required-fields": {} };
    expect(
      await results({ commits: ["feat: b #2"], held: [anIssue({ number: 2, body: "", labels: [] })], issues: none }),
    ).toEqual(Array.from({ length: 5 }, () => "pass"));
  });

  it("PLN-41: holds a pull request without an issue against the same fields", async () => {
    const held = [aPullRequest({ number: 5, body: "It leaks." })];
    expect(await checkOf({ commits: ["feat: a (#5)"], held }, "issue-fields")).toMatchObject({
      because: "expected 1 issues that tell all, found 1 without: octo/tide#5 (no impact, files)",
    });
  });

  it.each<[string, IssueTrial]>([
    ["a fix names", { commits: ["fix: leak of #4"] }],
    ["a closing word names", { commits: ["feat: tides\n\nCloses #4"] }],
    ["a commit of an excluded type closes", { commits: ["chore: x, fixes #4"] }],
    ["the pull request closes", { commits: ["feat: x"], brought: { 0: [6] } }],
    ["a mapped fix settles", { commits: ["fix: x"], map: `${shaAt(0)}: 4\n` }],
  ])("PLN-42: refuses an open issue that %s", async (_who, trial) => {
    const held = [open, aPullRequest({ number: 6, closes: [open] })];
    const check = await checkOf({ ...trial, held }, "issues-closed");
    expect(check).toMatchObject({ result: "fail", code: "plan.issue-open-but-fixed", evidence: [open.url] });
    expect(check?.because).toContain("octo/tide#4 (open, fixed by 000000010000");
  });

  it.each<[string, IssueTrial]>([
    ["a feature names in passing", { commits: ["feat: part of #4"] }],
    ["a fix refers to outside of its subject", { commits: ["fix: leak\n\nRefs #4"] }],
    [
      "a fix settled that is reverted again",
      { commits: ["fix: leak of #4", `Revert "fix: leak"\n\nThis reverts commit ${shaAt(0)}.`] },
    ],
    ["an earlier pull request closes", { commits: ["feat: more of #6"] }],
  ])("PLN-42: leaves an open issue alone that %s", async (_who, trial) => {
    const held = [open, aPullRequest({ number: 6, closes: [open] })];
    expect(await checkOf({ ...trial, held }, "issues-closed")).toMatchObject({ result: "pass" });
  });

  it("PLN-42: refuses a closed issue that nothing on the tracker links to its fix", async () => {
    const trial = { commits: ["fix: x"], map: `${shaAt(0)}: 1\n` };
    const closed = await checkOf({ ...trial, held: [issue] }, "issues-closed");
    expect(closed).toMatchObject({
      code: "plan.issue-open-but-fixed",
      because: expect.stringContaining("closed without a reference"),
    });
    for (const shown of [{ closer: "#7" }, { named: [shaAt(0).slice(0, 9)] }])
      expect(await checkOf({ ...trial, held: [{ ...issue, ...shown }] }, "issues-closed")).toMatchObject({
        result: "pass",
      });
  });

  it("PLN-54: refuses a changelog that links to an issue which does not exist", async () => {
    const described = [1, 77].map((number) => ({ repository: "octo/tide", number }));
    const trial = { commits: ["feat: x #1"], held: [issue], described };
    expect(await checkOf(trial, "changelog-issues")).toMatchObject({
      code: "plan.changelog-issue-absent",
      because: "expected existing issues, found no octo/tide#77",
    });
    const unknown = { "octo/tide#77": "no answer" };
    expect(await checkOf({ ...trial, unknown }, "changelog-issues")).toMatchObject({
      result: "inconclusive",
      code: "plan.issues-unknown",
    });
  });
});

describe("PLN-40: an audit that could not look everything up", () => {
  it("is inconclusive in every question that the unknown could answer", async () => {
    const trial = { commits: ["feat: x #1"], held: [issue], unknown: { [shaAt(0)]: "no answer" } };
    expect(await results(trial)).toEqual([
      "pass",
      "plan.issues-unknown",
      "plan.issues-unknown",
      "plan.issues-unknown",
      "pass",
    ]);
  });

  it("is inconclusive where the tracker does not answer, and says why", async () => {
    const failure = new Failure({
      kind: "permission",
      code: "all.permission-missing",
      message: "may not look",
      hint: "Grant.",
    });
    const check = await checkOf({ commits: ["feat: x #1"], failure }, "commit-issues");
    expect(check).toMatchObject({
      result: "inconclusive",
      code: "plan.issues-unknown",
      because: expect.stringContaining("may not look"),
    });
  });

  it("throws what is our own fault", async () => {
    const bug = new Failure({ kind: "bug", code: "all.write-in-dry-mode", message: "a write", hint: "Report it." });
    await expect(auditTrial({ commits: ["feat: x"], failure: bug })).rejects.toBe(bug);
    await expect(auditTrial({ commits: ["feat: x"], failure: new TypeError("oops") })).rejects.toThrow("oops");
  });

  it("is inconclusive beyond a thousand commits, however well the newest are", async () => {
    const commits = Array.from({ length: 1_001 }, () => "feat: x #1");
    const { facts, requests } = await auditTrial({ commits, held: [issue] });
    expect([facts.older, requests]).toEqual([1, 11]);
    expect(await checkOf({ commits, held: [issue] }, "commit-issues")).toMatchObject({ code: "plan.issues-unknown" });
  });

  it("asks for no more than two thousand issues, and calls the others unknown", async () => {
    const commits = [`feat: x\n\n${Array.from({ length: 2_500 }, (_, index) => `#${index + 1}`).join(" ")}`];
    const { facts, requests, audit } = await auditTrial({ commits });
    expect([facts.found.size, requests]).toEqual([2_000, 21]);
    expect(audit.links[0]?.state).toBe("unknown");
  });
});

describe("PLN-24: labels that decide the step", () => {
  const bump = {
    decision: "labels",
    "breaking-before-1": "major",
    unclassified: "report",
    labels: { major: [], minor: [], patch: [] },
  } as const;

  it.each([
    ["pass where all are known", {}, "pass"],
    ["block where some are not", { [shaAt(0)]: "no answer" }, "inconclusive"],
  ])("%s, whatever the audit is", async (_rule, unknown, result) => {
    const { policy, facts, audit } = await auditTrial({ commits: ["x"], unknown, issues: { audit: "off" } });
    const checks = judgeIssues(
      { ...policy, bump: { ...policy.bump, ...bump, labels: policy.bump.labels } },
      { facts, audit },
    );
    expect(checks.map(({ id, required, result: found }) => [id, required, found])).toEqual([
      ["commit-issues", false, "not-applicable"],
      ["labels-known", true, result],
    ]);
  });
});
