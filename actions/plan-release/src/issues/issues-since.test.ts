import { describe, expect, it } from "vitest";
import type { StageReport } from "#src/domain/report";
import { conclude } from "#src/domain/verdict";
import { aSha } from "#src/testing/builders";
import { fakeClock } from "#src/testing/fake-clock";
import { anIssue, aPullRequest, FakeLinkedIssues } from "#src/testing/fake-linked-issues";
import { fakeLocalGit } from "#src/testing/fake-local-git";
import { contract } from "../contract.ts";
import { planRelease } from "../plan-release.ts";

const [one, two, three] = [aSha("1"), aSha("2"), aSha("3")];
const section =
  "## [1.1.0] - 2026-01-01\n\n- Tides ([#1](https://git.example.org/octo/tide/issues/1), [#7](https://git.example.org/octo/tide/issues/7)).\n\n";
const begun = "## [1.0.0] - 2025-12-31\n\n- Begin.\n";

interface Situation {
  config: string;
  tracker?: FakeLinkedIssues;
  version?: string;
  changelog?: string;
}

describe("a plan with an audit of issues", () => {
  it("asks nothing of the tracker where nothing hangs on issues", async () => {
    const tracker = aTracker();
    const report = await plan({ config: "{}", tracker });
    expect([conclude(report.checks).result, tracker.requests]).toEqual(["pass", 0]);
  });

  it("asks nothing where nothing is released", async () => {
    const tracker = aTracker();
    const report = await plan({ config: "issues: { audit: block }", version: "1.0.0", tracker });
    expect([
      report.noRelease,
      tracker.requests,
      report.attachments?.some(({ name }) => name === "issue-audit.json"),
    ]).toEqual([true, 0, false]);
  });

  it("PLN-40: blocks a release with a commit of no issue, and attaches the whole audit with the files of its draft", async () => {
    const report = await plan({ config: "issues: { audit: block }" });
    expect(conclude(report.checks).decidedBy).toEqual(["commit-issues", "changelog-issues"]);
    expect(jsonOf(report, "issue-audit.json")).toMatchObject({
      commits: [
        { sha: three, state: "missing" },
        { sha: two, state: "linked", issues: ["octo/tide#1"], "pull-requests": ["octo/tide#2"] },
      ],
      drafts: [{ body: expect.stringContaining("- `tide.ts`") }],
    });
    expect(report.summary).toContain("names octo/tide\\#99, which does not exist");
  });

  it("PLN-54: looks the changelog's issues up in the same requests; a commit without an issue takes one more", async () => {
    const tracker = aTracker();
    const report = await plan({ config: "issues: { audit: report }", tracker });
    expect(report.checks.find(({ id }) => id === "changelog-issues")?.because).toContain("octo/tide#7");
    expect([conclude(report.checks).result, tracker.requests]).toEqual(["pass", 3]);
  });

  it("PLN-60: drafts a missing section with the issues that the audit found, and marks the rest", async () => {
    const config = "changelog: { format: dated-sections }\nissues: { audit: report }";
    const report = await plan({
      config,
      changelog:
        "# Changelog\n\n## v1.0.0 (2025-12-31)\n\n### changes\n\n- Begin [#1](https://git.example.org/octo/tide/issues/1)\n",
    });
    const draft = report.attachments?.find(({ name }) => name === "draft.md")?.content;
    expect(draft).toContain("- tides (#2) [#1](https://git.example.org/octo/tide/issues/1)");
    expect(draft).toContain("- leak of #99 TODO issue");
  });

  it("PLN-24: lets the labels of issues and pull requests decide the step", async () => {
    const config = "bump: { decision: labels }";
    const asked = async (labels: string[]) => {
      const tracker = aTracker(labels);
      const report = await plan({ config, tracker });
      return report.checks
        .filter(({ id }) => id === "bump" || id === "labels-known")
        .map(({ code, result }) => code ?? result);
    };
    expect(await asked(["enhancement"])).toEqual(["pass", "pass"]);
    expect(await asked(["breaking"])).toEqual(["plan.bump-too-small", "pass"]);
  });

  it("PLN-24: blocks where the labels that decide are not known", async () => {
    const tracker = aTracker();
    tracker.unknown.set(two, "no answer");
    const report = await plan({ config: "bump: { decision: labels }", tracker });
    expect(report.checks.find(({ id }) => id === "labels-known")).toMatchObject({
      required: true,
      code: "plan.issues-unknown",
    });
  });
});

function aTracker(labels = ["enhancement"]): FakeLinkedIssues {
  const tracker = new FakeLinkedIssues();
  const issue = anIssue({ number: 1, labels });
  tracker.held.push(issue, aPullRequest({ number: 2, labels: [], closes: [issue] }));
  tracker.brought.set(two, [2]);
  return tracker;
}

function filesOf(version: string, { config, changelog }: Situation): Record<string, string> {
  return {
    ".github/seaworthy.yml": config,
    "package.json": JSON.stringify({ name: "tide", version }),
    "package-lock.json": JSON.stringify({ lockfileVersion: 3, version, packages: { "": { version } } }),
    "CHANGELOG.md": changelog ?? `# Changelog\n\n${version === "1.0.0" ? "" : section}${begun}`,
  };
}

async function plan(situation: Situation): Promise<StageReport> {
  const files = filesOf(situation.version ?? "1.1.0", situation);
  const commits = [
    { sha: one, parents: [], message: "feat: begin", files: filesOf("1.0.0", situation) },
    { sha: two, parents: [one], message: "feat: tides (#2)", files },
    { sha: three, parents: [two], message: "fix: leak of #99", files: { ...files, "tide.ts": "x" } },
  ];
  const given = contract.inputs.parse({ "github-token": "t", operator: "ada" });
  const run = {
    repository: "octo/tide",
    serverUrl: "https://git.example.org",
    ref: "refs/heads/main",
    actor: "ada",
    sha: three,
    event: "push",
  };
  return planRelease(given, run, {
    local: fakeLocalGit({ commits, checkout: { head: three, shallow: false, dirty: [] } }),
    remote: {
      refs: async () => ({ known: true, heads: new Map([["main", three]]), tags: new Map([["v1.0.0", one]]) }),
    },
    pushEvent: () => undefined,
    released: async () => new Set(["v1.0.0"]),
    issues: situation.tracker ?? aTracker(),
    tagDates: { find: async () => undefined },
    clock: fakeClock(new Date("2026-01-01T12:00:00Z")),
  });
}

function jsonOf(report: StageReport, name: string): unknown {
  const content = report.attachments?.find((one) => one.name === name)?.content;
  return typeof content === "string" ? JSON.parse(content) : undefined;
}
