import { describe, expect, it } from "vitest";
import { issuesToFileSchema } from "#src/domain/issue-draft";
import { missingFields } from "#src/domain/issue-fields";
import { anIssue, aPullRequest } from "#src/testing/fake-linked-issues";
import { auditTrial, type IssueTrial, shaAt } from "../testing/issue-audit.ts";
import { reportIssues } from "./attach-issues.ts";
import { draftIssues } from "./draft-issues.ts";

const drafts = async (trial: IssueTrial, paths: Record<string, string[]> = {}) => {
  const { policy, audit } = await auditTrial(trial);
  return draftIssues(policy, audit.links, new Map(Object.entries(paths)));
};
const reported = async (trial: IssueTrial) => {
  const { policy, facts, audit } = await auditTrial(trial);
  const { attachments, summary } = reportIssues(policy, { facts, audit }, "v1.1.0");
  const file = (name: string): unknown => {
    const found = attachments.find((one) => one.name === name)?.content;
    return typeof found === "string" ? JSON.parse(found) : undefined;
  };
  return { audit: file("issue-audit.json"), handed: file("issues-to-file.json"), summary: summary.join("\n\n") };
};

describe("PLN-40: a drafted issue", () => {
  it("tells what the audit asks of issues: title, description, impact, files and a label", async () => {
    const { policy } = await auditTrial({ commits: ["feat: x"] });
    const [draft] = await drafts(
      { commits: ["feat(sea)!: tides\n\nThey turn."] },
      { [shaAt(0)]: ["src/tide.ts", "a`b.ts"] },
    );
    expect(draft).toMatchObject({ title: "feat(sea)!: tides", labels: ["enhancement"], commits: [shaAt(0)] });
    expect(missingFields(draft?.body ?? "", policy.issues["required-fields"])).toEqual([]);
    expect(draft?.body).toContain("It breaks what users rely on. Users get something new.");
    expect(draft?.body).toContain("- `src/tide.ts`");
  });

  it("says visibly that files are not known, rather than none", async () => {
    const [draft] = await drafts({ commits: ["fix: leak"] });
    expect(draft?.body).toContain("the plan did not read them");
  });

  it("stands for all commits of a pull request that has none", async () => {
    const found = await drafts({
      commits: ["feat: a", "feat: b", "fix: c"],
      held: [aPullRequest({ number: 9, title: "All of it" })],
      brought: { 0: [9], 1: [9] },
      issues: { accept: "issues" },
    });
    expect(found.map(({ title, commits }) => [title, commits.length])).toEqual([
      ["fix: c", 1],
      ["All of it", 2],
    ]);
  });

  it("has the same fingerprint in every run, and another one for another commit", async () => {
    const [one, two] = await drafts({ commits: ["feat: a", "feat: a"] });
    const again = await drafts({ commits: ["feat: a", "feat: a", "feat: c"] });
    expect(again.map(({ fingerprint }) => fingerprint)).toEqual(
      expect.arrayContaining([one?.fingerprint, two?.fingerprint]),
    );
    expect(one?.fingerprint).not.toBe(two?.fingerprint);
  });

  it("takes a label of the list, whatever the type's is", async () => {
    const labelled = async (issues: IssueTrial["issues"]) =>
      (await drafts({ commits: ["fix: a"], ...(issues ? { issues } : {}) }))[0]?.labels;
    expect(await labelled(undefined)).toEqual(["bug"]);
    expect(await labelled({ labels: ["defect", "feature"] })).toEqual(["defect"]);
    expect(await labelled({ labels: [] })).toEqual([]);
  });

  it("keeps hostile text from being anything but text", async () => {
    const hostile = "feat: ```\n@everyone <img src=x onerror=alert(1)> \u202etxt.exe `x` [a](http://evil)";
    const [draft] = await drafts({ commits: [`${hostile}\n\n~~~\n\`\`\`\`\n# Impact`] });
    expect(draft?.title).toBe("feat: ```");
    expect(draft?.body).toMatch(/`{5}text\n/);
    expect(draft?.body).not.toContain("\u202e");
    expect(draft?.body.split("### Commits")[1]).not.toMatch(/(?<!\\)`/);
  });

  it("is bounded, in length and in number", async () => {
    const [draft] = await drafts({ commits: [`feat: ${"x".repeat(900)}\n\n${"y\n".repeat(9_000)}`] });
    expect([draft?.title.length, (draft?.body.length ?? 0) < 8_000]).toEqual([200, true]);
    expect(await drafts({ commits: Array.from({ length: 80 }, () => "feat: x") })).toHaveLength(50);
  });
});

describe("PLN-42: what is handed on to be filed", () => {
  const trial = { commits: ["feat: a", "fix: leak of #4"], held: [anIssue({ number: 4, open: true })] };

  it("is nothing unless the policy says so", async () => {
    expect((await reported(trial)).handed).toBeUndefined();
  });

  it("is the missing issues and the closings that the policy asks for, in the form that the filing reads", async () => {
    const { handed } = await reported({ ...trial, issues: { "file-missing": true, "close-fixed": true } });
    expect(issuesToFileSchema.parse(handed)).toMatchObject({
      file: [{ title: "feat: a", labels: ["enhancement"], fixed: `Fixed by ${shaAt(0)}, which \`v1.1.0\` releases.` }],
      close: [{ number: 4, comment: `Fixed by ${shaAt(1)}, which \`v1.1.0\` releases.` }],
    });
  });

  it("leaves a filed issue open where the policy does not close what is fixed", async () => {
    const { handed } = await reported({ ...trial, issues: { "file-missing": true } });
    expect(issuesToFileSchema.parse(handed)).toMatchObject({ file: [{ title: "feat: a" }], close: [] });
    expect(issuesToFileSchema.parse(handed).file[0]).not.toHaveProperty("fixed");
  });

  it("leaves issues of other repositories to those", async () => {
    const held = [anIssue({ number: 4, repository: "acme/moon", open: true })];
    const issues = { "close-fixed": true, repositories: ["acme/moon"] };
    expect((await reported({ commits: ["fix: leak of acme/moon#4"], held, issues })).handed).toBeUndefined();
  });
});

describe("the audit's report", () => {
  it("PLN-40 PLN-41: shows all offenders in one table, with the text to file, and all of it in a file", async () => {
    const held = [anIssue({ number: 2, body: "|", labels: [], title: "Pipe | <b>" })];
    const { audit, summary } = await reported({ commits: ["feat: a|b", "feat: b #2"], held });
    expect(summary).toContain("| Commit or issue | What it is | What is wrong |");
    expect(summary).toContain("| `octo/tide#2` | Pipe \\| &lt;b&gt; | no impact, files; no label |");
    expect(summary).toContain("| `000000010000` | feat: a\\|b | no issue: names none |");
    expect(summary).toContain("Issue to file: feat: a\\|b");
    expect(audit).toMatchObject({
      schema: "seaworthy-issue-audit/1",
      commits: [{ state: "linked" }, { state: "missing", why: "names none" }],
      issues: [{ issue: "octo/tide#2", missing: ["impact", "files"], unlabelled: true }],
      drafts: [{ title: "feat: a|b" }],
    });
  });

  it("is bounded in the summary, and says where the rest is", async () => {
    const { summary } = await reported({ commits: Array.from({ length: 300 }, () => "feat: x") });
    expect(summary).toContain("250 more are in issue-audit.json");
    expect(summary.length).toBeLessThan(40_000);
  });

  it("shows nothing where nothing is wrong", async () => {
    expect((await reported({ commits: ["feat: a #1"], held: [anIssue({ number: 1 })] })).summary).toBe("");
  });
});
