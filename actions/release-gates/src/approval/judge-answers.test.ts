import { describe, expect, it } from "vitest";
import { aSha } from "#src/testing/builders";
import type { HeardReview } from "./earlier-reviews.ts";
import { judgeAnswers } from "./judge-answers.ts";
import type { Heard, Question } from "./read-answers.ts";
import type { HeardComment } from "./read-comments.ts";

const collected = new Date("2026-01-01T12:00:00Z");
const at = (minute: number) => new Date(collected.getTime() + minute * 60_000);

const aReview = (changes: Partial<HeardReview> = {}): HeardReview => ({
  ...{ state: "approved", by: "grace", automated: false, comment: "fair wind", environments: ["release"] },
  known: "later",
  ...changes,
});

const aComment = (changes: Partial<HeardComment> = {}): HeardComment => {
  const created = changes.created ?? at(5);
  const url = "https://github.example/octo/tide/issues/9#issuecomment-1";
  const body = `approve v1.1.0 ${aSha()}`;
  const place = { place: "asked" as const, opener: "grace" };
  return { id: 1, author: "joan", automated: false, body, created, updated: created, url, ...place, ...changes };
};

function judge(policy: Partial<Question["policy"]>, heard: Partial<Heard>, question: Partial<Question> = {}) {
  return judgeAnswers(
    {
      policy: {
        ...{ environment: "release", fallback: "none", approvers: [], reviewers: 1 },
        ...{ "not-by": ["author", "actor"], "decision-timeout": "60m", ...policy },
      },
      release: { tag: "v1.1.0", sha: aSha() },
      people: { author: "mara", actors: ["mona", "rerunner"] },
      ...{ collected, now: at(10), ...question },
    },
    { reviews: [], reviewed: at(5), heldBy: "release", comments: [], ...heard },
  );
}

const onIssue: Partial<Question["policy"]> = { environment: undefined, fallback: "issue", approvers: ["joan", "ada"] };

describe("an environment's review", () => {
  it("GAT-54 GAT-55: approves, with who, by when and with which words", () => {
    const { finding, answers } = judge({}, { reviews: [aReview()] });
    expect(finding).toMatchObject({
      result: "pass",
      because: 'approved by grace (environment release, by 2026-01-01T12:05:00Z): "fair wind"',
    });
    expect(answers).toMatchObject([{ by: "grace", via: "environment", decision: "approved", at: at(5) }]);
  });

  it("GAT-57: aborts, whoever else approves, with the reason that was given", () => {
    const reviews = [aReview(), aReview({ by: "joan", state: "rejected", comment: "storm ahead" })];
    const { finding } = judge({}, { reviews });
    expect(finding).toMatchObject({ result: "fail", code: "gates.aborted-by-decision" });
    expect(finding.because).toContain("rejected by joan");
    expect(finding.because).toContain("storm ahead");
  });

  it.each<[who: string, review: Partial<HeardReview>, code: string, because: string]>([
    ["nobody", { state: "pending" }, "gates.approval-missing", "found none"],
    ["a reviewer of another environment", { environments: ["npm"] }, "gates.approval-missing", "found none"],
    ["an app", { by: "harbour[bot]", automated: true }, "gates.approval-missing", "no person"],
    ["the author", { by: "Mara" }, "gates.approval-same-person", "author of the candidate"],
    ["the starter of the run", { by: "mona" }, "gates.approval-same-person", "started this run"],
    ["the starter of this attempt", { by: "rerunner" }, "gates.approval-same-person", "started this run"],
    ["somebody before the gates", { known: "earlier" }, "gates.approval-missing", "before the gates"],
    ["somebody of whom nobody knows when", { known: "untold" }, "gates.approval-unknown", "does not tell"],
    ["somebody with another word", { state: "shrugged" }, "gates.approval-unknown", "found shrugged"],
  ])("GAT-54: does not count by %s", (_who, review, code, because) => {
    const { finding, answers } = judge({}, { reviews: [aReview(review)] });
    expect(finding.result).not.toBe("pass");
    expect(finding.code).toBe(code);
    expect(finding.because).toContain(because);
    expect(answers).toEqual([]);
  });

  it.each<[what: string, heard: Partial<Heard>, code: string]>([
    ["no job has waited for it", { reviewed: undefined }, "gates.approval-missing"],
    ["no environment has held the release back", { heldBy: "" }, "gates.approval-missing"],
    ["another environment has held the release back", { heldBy: "playground" }, "gates.approval-mismatch"],
    ["it was there before the collection", { reviewed: at(-1) }, "gates.approval-missing"],
  ])("GAT-57: does not approve where %s", (_what, heard, code) => {
    const { finding } = judge({}, { reviews: [aReview()], ...heard });
    expect([finding.result === "pass", finding.code]).toEqual([false, code]);
    expect(judge({}, { reviews: [aReview()], heldBy: "Release" }).finding.result).toBe("pass");
  });

  it("GAT-57: rejects whenever it was given, and though the job that waits never started", () => {
    const reviews = [aReview(), aReview({ by: "joan", state: "rejected", known: "earlier" })];
    const { finding } = judge({}, { reviews, reviewed: undefined, heldBy: "" });
    expect(finding.code).toBe("gates.aborted-by-decision");
  });

  it("GAT-54: does not count where automation started the run, as its person may be the reviewer", () => {
    for (const actors of [["github-actions[bot]"], ["mona", "harbour[bot]"]]) {
      const people = { author: "mara", actors };
      expect(judge({}, { reviews: [aReview()] }, { people }).finding).toMatchObject({
        ...{ result: "inconclusive", code: "gates.approval-starter-unknown" },
      });
      expect(judge({ "not-by": ["author"] }, { reviews: [aReview()] }, { people }).finding.result).toBe("pass");
    }
  });

  it("an app's rejection neither aborts nor approves", () => {
    const reviews = [aReview({ by: "harbour[bot]", automated: true, state: "rejected" })];
    expect(judge({}, { reviews }).finding.code).toBe("gates.approval-missing");
  });

  it("counts by the author and the starter where the gate lets them", () => {
    for (const by of ["mara", "mona"]) {
      expect(judge({ "not-by": [] }, { reviews: [aReview({ by })] }).finding.result).toBe("pass");
    }
  });

  it("does not count by a person who is none of the approvers", () => {
    expect(judge({ approvers: ["joan"] }, { reviews: [aReview()] }).finding.code).toBe("gates.approval-missing");
    expect(judge({ approvers: ["GRACE"] }, { reviews: [aReview()] }).finding.result).toBe("pass");
  });

  it("cannot be told from the author's own where GitHub knows no account of the author", () => {
    const people = { author: undefined, actors: ["mona"] };
    expect(judge({}, { reviews: [aReview()] }, { people }).finding).toMatchObject({
      ...{ result: "inconclusive", code: "gates.approval-unknown" },
    });
    expect(judge({ "not-by": ["actor"] }, { reviews: [aReview()] }, { people }).finding.result).toBe("pass");
  });

  it.each([
    [60, "pass"],
    [61, "inconclusive"],
  ])("ALL-21: %i minutes after the collection, it is %s", (minute, result) => {
    const { finding } = judge({}, { reviews: [aReview()], reviewed: at(minute) }, { now: at(70) });
    expect(finding.result).toBe(result);
    expect(finding.code).toBe(result === "pass" ? undefined : "all.decision-timeout");
  });

  it("ALL-21: an answer that never came in time takes the safe branch", () => {
    expect(judge({}, {}, { now: at(60) }).finding.code).toBe("gates.approval-missing");
    expect(judge({}, {}, { now: at(61) }).finding).toMatchObject({
      result: "inconclusive",
      code: "all.decision-timeout",
    });
  });
});

describe("a comment on the issue", () => {
  it("GAT-54: of an approver approves, with its address", () => {
    const { finding } = judge(onIssue, { comments: [aComment()] });
    expect(finding).toMatchObject({ result: "pass", because: "approved by joan (issue, at 2026-01-01T12:05:00Z)" });
    expect(finding.evidence).toContain("https://github.example/octo/tide/issues/9#issuecomment-1");
  });

  it("says in its further lines why", () => {
    const body = `approve v1.1.0 ${aSha()}\n\nchecked by hand`;
    expect(judge(onIssue, { comments: [aComment({ body })] }).finding.because).toContain('"checked by hand"');
  });

  it.each<[what: string, comment: Partial<HeardComment>, code: string]>([
    ["by a stranger", { author: "mallory" }, "gates.approval-missing"],
    ["by an app", { automated: true }, "gates.approval-missing"],
    ["on an issue that a stranger opened", { place: "asked-by-stranger", opener: "mallory" }, "gates.approval-missing"],
    ["on an issue of another title", { place: "elsewhere" }, "gates.approval-missing"],
    ["before the gates had been collected", { created: at(-1) }, "gates.approval-missing"],
    ["that says something else", { body: "looks good, approve v1.1.0" }, "gates.approval-missing"],
    ["that was changed afterwards", { updated: at(6) }, "gates.approval-mismatch"],
    ["of another tag", { body: `approve v1.0.9 ${aSha()}` }, "gates.approval-mismatch"],
    ["of another commit", { body: `approve v1.1.0 ${aSha("b")}` }, "gates.approval-mismatch"],
    ["of a shortened commit", { body: "approve v1.1.0 aaaaaaa" }, "gates.approval-mismatch"],
    ["too late", { created: at(61) }, "all.decision-timeout"],
  ])("GAT-55: %s does not approve", (_what, comment, code) => {
    const { finding } = judge(onIssue, { comments: [aComment(comment)] }, { now: at(20) });
    expect(finding.result).not.toBe("pass");
    expect(finding.code).toBe(code);
  });

  it("GAT-57: of an approver rejects this tag, and no other", () => {
    const reject = (body: string, author = "joan", place: HeardComment["place"] = "asked") =>
      judge(onIssue, { comments: [aComment({ author: "ada" }), aComment({ body, author, place })] }).finding.code;
    expect(reject("reject v1.1.0 the tide is out")).toBe("gates.aborted-by-decision");
    expect(reject("reject v1.1.0", "mallory")).toBeUndefined();
    for (const place of ["asked", "asked-by-stranger", "elsewhere"] as const) {
      for (const body of ["Reject v1.1.0 now", "reject `v1.1.0` it deletes data", "`reject v1.1.0`", "reject 1.1.0"]) {
        expect(reject(body, "joan", place)).toBe("gates.aborted-by-decision");
      }
    }
  });

  it("GAT-57: that begins like a rejection and names no tag, or another one, blocks on the issue that asks alone", () => {
    for (const body of ["reject v1.0.9", "rejected!", "Reject: it deletes data"]) {
      const heard = (place: HeardComment["place"]) => ({
        comments: [aComment({ author: "ada" }), aComment({ body, place })],
      });
      for (const place of ["asked", "asked-by-stranger"] as const) {
        expect(judge(onIssue, heard(place)).finding).toMatchObject({ result: "fail", code: "gates.approval-mismatch" });
      }
      expect(judge(onIssue, heard("elsewhere")).finding.result).toBe("pass");
    }
  });

  it("counts for nothing where the gate asks an environment alone", () => {
    expect(judge({ approvers: ["joan"] }, { comments: [aComment()] }).finding.code).toBe("gates.approval-missing");
  });
});

describe("several people", () => {
  const two: Partial<Question["policy"]> = { fallback: "issue", approvers: ["grace", "joan", "mara"], reviewers: 2 };

  it("GAT-54: approve together, one by review and one by comment", () => {
    const { finding, answers } = judge(two, { reviews: [aReview()], comments: [aComment()] });
    expect(finding.result).toBe("pass");
    expect(answers.map(({ by }) => by)).toEqual(["grace", "joan"]);
  });

  it("GAT-54: are not one person who speaks twice", () => {
    const { finding } = judge(two, { reviews: [aReview()], comments: [aComment({ author: "Grace" })] });
    expect(finding).toMatchObject({ result: "inconclusive", code: "gates.approval-missing" });
    expect(finding.because).toContain("expected approvals of 2 people");
  });

  it("GAT-54: are not the author and one other", () => {
    const { finding } = judge(two, { reviews: [aReview()], comments: [aComment({ author: "mara" })] });
    expect(finding).toMatchObject({ result: "fail", code: "gates.approval-same-person" });
  });
});
