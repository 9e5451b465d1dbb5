import { describe, expect, it } from "vitest";
import { anIssue, aPullRequest } from "#src/testing/fake-linked-issues";
import { auditTrial, type IssueTrial, shaAt } from "../testing/issue-audit.ts";

const issue = anIssue({ number: 1 });
const other = anIssue({ number: 5, repository: "acme/moon" });
const pull = aPullRequest({ number: 2 });
const closing = aPullRequest({ number: 3, closes: [issue] });
const held = [issue, pull, closing, other];

const newest = async (trial: Partial<IssueTrial> & Pick<IssueTrial, "commits">) => {
  const { audit } = await auditTrial({ held, ...trial });
  const [link] = audit.links;
  return [link?.state, link?.why];
};
const strict = { accept: "issues" } as const;

describe("PLN-40: a commit", () => {
  it.each<[string, IssueTrial, string]>([
    ["names its issue", { commits: ["feat: tides #1"] }, "octo/tide#1"],
    ["names a pull request", { commits: ["feat: tides (#2)"] }, "octo/tide#2"],
    ["was brought by a pull request", { commits: ["feat: tides"], brought: { 0: [2] } }, "octo/tide#2"],
    [
      "was brought by one that closes an issue",
      { commits: ["feat: tides"], brought: { 0: [3] }, issues: strict },
      "octo/tide#1",
    ],
    [
      "is a merge of its pull request",
      { commits: ["x", { message: "Merge pull request #3 from a/b", parents: [shaAt(0), shaAt(9)] }] },
      "octo/tide#1, octo/tide#3",
    ],
    [
      "names an issue of a listed repository",
      { commits: ["feat: acme/moon#5"], issues: { repositories: ["Acme/Moon"] } },
      "acme/moon#5",
    ],
    ["is mapped to an issue", { commits: ["feat: tides"], map: `${shaAt(0).slice(0, 9)}: "#1"\n` }, "octo/tide#1"],
    ["is breaking, whatever its type", { commits: ["build!: drop it #1"] }, "octo/tide#1"],
  ])("is linked where it %s", async (_where, trial, why) => {
    expect(await newest(trial)).toEqual(["linked", why]);
  });

  it.each<[string, IssueTrial, string]>([
    ["names nothing", { commits: ["feat: tides"] }, "names none"],
    [
      "names what does not exist, as a discussion does not",
      { commits: ["feat: tides #77"] },
      "names octo/tide#77, which does not exist",
    ],
    [
      "came by a pull request that closes no issue",
      { commits: ["feat: tides (#2)"], issues: strict },
      "names octo/tide#2, which closes no issue",
    ],
    [
      "mentions a pull request that closed another issue",
      { commits: ["feat: more of #3"], issues: strict },
      "names octo/tide#3, which closes no issue",
    ],
    ["is breaking, whatever its type", { commits: ["chore!: drop it"] }, "names none"],
    [
      "hides a feature in a squash of an excluded type",
      { commits: ["chore: all (#78)\n\n* feat: tides"] },
      "names octo/tide#78, which does not exist",
    ],
    [
      "reverts a commit of an earlier release",
      { commits: ['Revert "feat: tides (#2)"\n\nThis reverts commit abcdef1.'] },
      "names none",
    ],
    [
      "takes another one back, and is more than a revert",
      { commits: ["feat: tides #1", `feat!: replace the tides (#78)\n\n* Revert\n\nThis reverts commit ${shaAt(0)}.`] },
      "names octo/tide#78, which does not exist",
    ],
    [
      "was brought along the promotion's chain alone",
      {
        commits: ["feat: tides"],
        held: [aPullRequest({ number: 9, head: "dev", closes: [issue] }), issue],
        brought: { 0: [9] },
        chain: ["dev", "main"],
      },
      "names none",
    ],
  ])("is missing its issue where it %s", async (_where, trial, why) => {
    expect(await newest(trial)).toEqual(["missing", why]);
  });

  it.each<[string, IssueTrial, string]>([
    ["has an excluded type", { commits: ["chore(deps): up"] }, "commits of type chore need none"],
    [
      "merges a branch",
      { commits: ["x", { message: "Merge branch 'main'", parents: [shaAt(0), shaAt(9)] }] },
      "what it merges is audited by itself",
    ],
    [
      "is reverted again",
      { commits: ["docs: x #1", `Revert "docs: x"\n\nThis reverts commit ${shaAt(0)}.`] },
      "it is reverted again, or reverts what is",
    ],
  ])("is exempt where it %s", async (_where, trial, why) => {
    expect(await newest(trial)).toEqual(["exempt", why]);
  });

  it.each<[string, IssueTrial, string]>([
    [
      "names an issue of a repository that is not listed",
      { commits: ["feat: acme/moon#5"] },
      "acme/moon#5 is not in `issues.repositories`",
    ],
    [
      "names what nobody can tell of",
      { commits: ["feat: tides #1"], unknown: { "octo/tide#1": "no answer" } },
      "octo/tide#1: no answer",
    ],
    [
      "may have a pull request",
      { commits: ["feat: tides"], unknown: { [shaAt(0)]: "no answer" } },
      "its pull requests: no answer",
    ],
    [
      "has a pull request whose issue nobody can tell of",
      { commits: ["feat: x (#3)"], issues: strict, unknown: { "octo/tide#1": "gone" } },
      "octo/tide#1: gone",
    ],
  ])("is unknown, never without an issue, where it %s", async (_where, trial, why) => {
    expect(await newest(trial)).toEqual(["unknown", why]);
  });
});

describe("PLN-40: the mapping file", () => {
  it.each([
    ["cannot be read", "{"],
    ["names no commit", "v1.0.0: 1"],
    ["names no issue", `${shaAt(0)}: soon`],
    ["names one commit twice", `${shaAt(0)}: 1\n${shaAt(0)}: 1`],
  ])("that %s is refused", async (_what, map) => {
    await expect(auditTrial({ commits: ["feat: x"], map })).rejects.toMatchObject({ code: "plan.issue-map-invalid" });
  });

  it("whose entry could mean two commits is refused", async () => {
    const [first, second] = ["0", "1"].map((end) => "abcdef1".padEnd(40, end));
    const commits = [
      { message: "feat: x", sha: first },
      { message: "feat: y", sha: second, parents: [first ?? ""] },
    ];
    const trial = auditTrial({
      commits: [...commits, { message: "feat: z", parents: [second ?? ""] }],
      map: "abcdef1: 1",
    });
    await expect(trial).rejects.toThrow("expected abcdef1 to begin one commit's id, found 2");
  });

  it("may name issues of other repositories, and ids that look like numbers", async () => {
    const map = "1234567: [1, acme/moon#5]\n12e4567: 1\n";
    const sha = "1234567".padEnd(40, "8");
    const { audit } = await auditTrial({
      held,
      commits: [
        { message: "feat: x", sha },
        { message: "feat: y", sha: shaAt(1), parents: [sha] },
      ],
      map,
      issues: { repositories: ["acme/moon"] },
    });
    expect(audit.links.at(-1)).toMatchObject({ state: "linked", why: "octo/tide#1, acme/moon#5" });
  });
});
