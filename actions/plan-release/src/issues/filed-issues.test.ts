import { describe, expect, it } from "vitest";
import { fingerprintOf, formatMarker } from "#src/domain/issue-marker";
import { anIssue, aPullRequest } from "#src/testing/fake-linked-issues";
import { auditTrial, type IssueTrial, shaAt } from "../testing/issue-audit.ts";
import { reportIssues } from "./attach-issues.ts";
import { draftIssues } from "./draft-issues.ts";
import { judgeIssues } from "./judge-issues.ts";

const account = "github-actions[bot]";
const commits = ["feat: tides"];

/** The issue as the filing run makes it of the draft that a plan hands on. */
async function filedFor(trial: IssueTrial, changes: Partial<ReturnType<typeof anIssue>> = {}) {
  const { policy, audit } = await auditTrial(trial);
  const [draft] = draftIssues(policy, audit.links, new Map());
  if (!draft) throw new RangeError("expected a draft, found none");
  const { fingerprint, title, body, labels, commits: named } = draft;
  const marker = formatMarker({ kind: "draft", origin: "none", fingerprint, about: fingerprint, finding: fingerprint });
  return anIssue({
    number: 20,
    title,
    body: `${marker}\n${body}`,
    labels: ["release-audit", ...labels],
    named,
    ...changes,
  });
}

const by = (author: string, number = 20) => ({ [`octo/tide#${number}`]: author });

async function judged(trial: IssueTrial) {
  const { policy, facts, audit } = await auditTrial(trial);
  return {
    link: audit.links.at(0),
    codes: judgeIssues(policy, { facts, audit }).map(({ result, code }) => code ?? result),
  };
}

describe("PLN-40: the issue that was filed for a commit", () => {
  it("counts in the next plan, which drafts it no more", async () => {
    const held = [await filedFor({ commits })];
    const trial = { commits, held, authors: by(account) };
    const { link, codes } = await judged(trial);
    expect([link?.state, link?.why]).toEqual(["linked", "octo/tide#20"]);
    expect(codes).toEqual(["pass", "pass", "pass", "pass", "pass"]);
    const { policy, audit } = await auditTrial(trial);
    expect(draftIssues(policy, audit.links, new Map())).toEqual([]);
  });

  it("counts for every commit of the pull request that it was filed for", async () => {
    const trial: IssueTrial = {
      commits: ["feat: a", "feat: b"],
      brought: { 0: [9], 1: [9] },
      held: [aPullRequest({ number: 9 })],
      issues: { accept: "issues" },
    };
    const held = [...(trial.held ?? []), await filedFor(trial)];
    const { audit } = await auditTrial({ ...trial, held, authors: by(account) });
    expect(audit.links.map(({ state, why }) => [state, why])).toEqual([
      ["linked", "octo/tide#20"],
      ["linked", "octo/tide#20"],
    ]);
  });

  it("is the open one, then the first, where two bear the fingerprint", async () => {
    const [first, second] = [await filedFor({ commits }), await filedFor({ commits }, { number: 21 })];
    const authors = { ...by(account), ...by(account, 21) };
    const whyOf = async (held: IssueTrial["held"]) =>
      (await judged({ commits, authors, ...(held ? { held } : {}) })).link?.why;
    expect(await whyOf([second, first])).toBe("octo/tide#20");
    expect(await whyOf([first, { ...second, open: true }])).toBe("octo/tide#21");
  });

  it("is not another commit's", async () => {
    const held = [await filedFor({ commits })];
    const both = await auditTrial({ commits: ["feat: tides", "feat: tides"], held, authors: by(account) });
    expect(both.audit.links.map(({ state }) => state)).toEqual(["missing", "linked"]);
  });

  it.each<[string, Partial<ReturnType<typeof anIssue>>, string]>([
    ["another account opened it", {}, "ada"],
    ["an account that is gone opened it", {}, ""],
    ["a person has the app's bare name", {}, "github-actions"],
    ["it does not carry the label", { labels: ["bug"] }, account],
  ])("is none where %s", async (_why, changes, author) => {
    const held = [await filedFor({ commits }, changes)];
    expect((await judged({ commits, held, authors: by(author) })).codes[0]).toBe("plan.commit-without-issue");
  });

  it.each([
    ["stands in a later line", (body: string) => `Hello\n${body}`],
    ["is that of a blocker", (body: string) => body.replace("seaworthy:draft", "seaworthy:blocker")],
    ["has another fingerprint", (body: string) => body.replace(/[0-9a-f]{64}/, fingerprintOf("other"))],
  ])("is none where its marker %s", async (_why, changed) => {
    const issue = await filedFor({ commits });
    const held = [{ ...issue, body: changed(issue.body) }];
    expect((await judged({ commits, held, authors: by(account) })).codes[0]).toBe("plan.commit-without-issue");
  });

  it("is unknown, not absent, where the list was cut or not given", async () => {
    const { link, codes } = await judged({ commits, cut: "more than 1000 issues carry the label" });
    expect([link?.state, link?.why]).toEqual([
      "unknown",
      "names none; issues that were filed: more than 1000 issues carry the label",
    ]);
    expect(codes.slice(0, 4)).toEqual(Array.from({ length: 4 }, () => "plan.issues-unknown"));
    const held = [await filedFor({ commits })];
    expect((await judged({ commits, held, authors: by(account), cut: "cut" })).link?.state).toBe("linked");
  });

  it("is asked for only where a commit lacks an issue", async () => {
    const named = { commits: ["feat: tides #1"], held: [anIssue({ number: 1 })] };
    expect([(await auditTrial(named)).requests, (await auditTrial({ commits })).requests]).toEqual([2, 2]);
    const off = { commits, issues: { audit: "off" as const } };
    expect((await auditTrial(off)).requests).toBe(1);
  });
});

describe("PLN-41: a filed issue", () => {
  it("is held against fields and labels as any other", async () => {
    const issue = await filedFor({ commits }, { labels: ["release-audit"] });
    const issues = { "required-fields": { steps: ["Steps"] } };
    const { codes } = await judged({ commits, held: [issue], authors: by(account), issues });
    expect(codes).toEqual(["pass", "plan.issue-incomplete", "plan.issue-unlabelled", "pass", "pass"]);
  });
});

describe("PLN-42: a filed issue", () => {
  it("has its fix in the range, so that it has to be closed, and is handed on for that", async () => {
    const held = [await filedFor({ commits }, { open: true })];
    const trial: IssueTrial = { commits, held, authors: by(account), issues: { "close-fixed": true } };
    expect((await judged(trial)).codes).toEqual(["pass", "pass", "pass", "plan.issue-open-but-fixed", "pass"]);
    const { policy, facts, audit } = await auditTrial(trial);
    const { attachments } = reportIssues(policy, { facts, audit }, "v1.1.0");
    const handed = attachments.find(({ name }) => name === "issues-to-file.json")?.content;
    expect(JSON.parse(String(handed))).toEqual({
      file: [],
      close: [{ number: 20, comment: `Fixed by ${shaAt(0)}, which \`v1.1.0\` releases.` }],
    });
  });

  it("that was closed shows its fix by the commit that it names, and no longer once that was taken out", async () => {
    const issue = await filedFor({ commits });
    const codesOf = async (named: string[]) =>
      (await judged({ commits, held: [{ ...issue, named }], authors: by(account) })).codes[3];
    expect(await codesOf([shaAt(0)])).toBe("pass");
    expect(await codesOf([])).toBe("plan.issue-open-but-fixed");
  });
});
