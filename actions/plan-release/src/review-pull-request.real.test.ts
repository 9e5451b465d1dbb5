import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { localGit } from "#src/adapters/local-git";
import { remoteRepository } from "#src/adapters/remote-repository";
import { systemClock } from "#src/adapters/system-clock";
import type { StageReport } from "#src/domain/report";
import { conclude } from "#src/domain/verdict";
import { FakeLinkedIssues } from "#src/testing/fake-linked-issues";
import { type GitGround, gitGround } from "#src/testing/git-ground";
import { contract } from "./contract.ts";
import { planRelease } from "./plan-release.ts";

const config =
  "version:\n  sources:\n    - { kind: plain, file: VERSION }\nissues: { audit: block }\nbump: { decision: labels }\n";
const section = (version: string) => `## [${version}] - 2026-01-01\n\n### Fixed\n\n- A leak.\n`;
const changelog = (...versions: string[]) => `# Changelog\n\n${versions.map(section).join("\n")}`;

let ground: GitGround;
let base: string;

beforeAll(() => {
  ground = gitGround();
  base = ground.commit("feat: begin", {
    ".github/seaworthy.yml": config,
    VERSION: "1.0.0\n",
    "CHANGELOG.md": changelog("1.0.0"),
  });
  ground.git(["tag", "-a", "v1.0.0", "-m", "v1.0.0"]);
  ground.git(["push", "--quiet", "--tags", "origin", "main"]);
});

afterAll(() => ground.remove());

describe("PLN-58: a pull request, judged on its merge commit before it is merged", () => {
  it("passes with the version's section, names no tag, and asks no tracker", async () => {
    const merge = pullRequest({ VERSION: "1.0.1\n", "CHANGELOG.md": changelog("1.0.1", "1.0.0") });
    const { report, issues } = await review(merge);
    expect(found(report)).toEqual({ result: "pass", codes: [] });
    expect(report.checks).toContainEqual(expect.objectContaining({ id: "changelog-section", result: "pass" }));
    expect(report).toMatchObject({ noRelease: true, release: { tag: null, version: "1.0.1", sha: merge } });
    expect(report.outputs?.tag).toBeUndefined();
    expect(issues.requests).toBe(0);
  });

  it("is refused where it raises the version and leaves the section out, and is given a draft of it", async () => {
    const { report } = await review(pullRequest({ VERSION: "1.0.1\n" }));
    expect(found(report)).toEqual({ result: "fail", codes: ["plan.changelog-section-missing"] });
    expect(report.attachments?.map(({ name }) => name)).toContain("draft.md");
  });

  it("is refused where its section rewrites what an earlier version said", async () => {
    const reworded = changelog("1.0.1", "1.0.0").replace(/A leak\.\n$/, "A drip.\n");
    const { report } = await review(pullRequest({ VERSION: "1.0.1\n", "CHANGELOG.md": reworded }));
    expect(found(report).codes).toEqual(["plan.changelog-history-edited"]);
  });

  it("is refused where it sets a version that is released, or a lower one", async () => {
    const { report } = await review(pullRequest({ VERSION: "0.9.0\n", "CHANGELOG.md": changelog("0.9.0", "1.0.0") }));
    expect(found(report).codes).toContain("plan.version-regressed");
  });

  it("is asked nothing about the changelog where it leaves the version as it is, tagged or not", async () => {
    const { report } = await review(pullRequest({ "README.md": "words", "CHANGELOG.md": "# Changelog\n" }));
    expect(found(report)).toEqual({ result: "pass", codes: [] });
    expect(report.checks).toContainEqual(
      expect.objectContaining({ id: "changelog-section", result: "not-applicable", code: "plan.version-unchanged" }),
    );
  });

  it("is compared with the commit that is given, where the event is another one", async () => {
    const merge = pullRequest({ VERSION: "1.0.1\n" });
    const { report } = await review(merge, { event: "merge_group", before: base });
    expect(found(report).codes).toEqual(["plan.changelog-section-missing"]);
    await expect(review(merge, { event: "push" })).rejects.toMatchObject({ code: "plan.pull-request-unreadable" });
    // It runs on the base's own commit, where nothing ever changes.
    await expect(review(base, { event: "pull_request_target" })).rejects.toMatchObject({
      code: "plan.pull-request-unreadable",
    });
  });

  it("is refused on another commit than GitHub's merge, which has another first parent", async () => {
    const merge = pullRequest({ VERSION: "1.0.1\n" });
    const { report } = await review(ground.git(["rev-parse", `${merge}^2`]), { sha: merge });
    expect(found(report).codes).toContain("plan.commit-mismatch");
  });
});

/** Makes the merge commit that GitHub would make: the tip of the base branch first, then that of the pull request. */
function pullRequest(files: Record<string, string>): string {
  ground.git(["checkout", "--quiet", "--detach", base]);
  ground.commit("fix: leak", { "notes.txt": "first\n" });
  const tip = ground.commit("chore: more", files);
  ground.git(["checkout", "--quiet", "--detach", base]);
  ground.git(["merge", "--quiet", "--no-ff", "-m", "Merge pull request", tip]);
  return ground.git(["rev-parse", "HEAD"]);
}

async function review(commit: string, { event = "pull_request", before = "", sha = commit } = {}) {
  ground.git(["checkout", "--quiet", "--detach", commit]);
  const issues = new FakeLinkedIssues();
  const remote = { serverUrl: ground.serverUrl, repository: "octo/tide", token: "t", temp: ground.root };
  const run = { ...remote, ref: "refs/pull/1/merge", actor: "ada", sha, event };
  const given = contract.inputs.parse({ "github-token": "t", mode: "pull-request", before });
  const report = await planRelease(given, run, {
    local: localGit({ ...remote, workspace: ground.work }),
    remote: remoteRepository(remote, systemClock),
    pushEvent: () => undefined,
    issues,
    tagDates: { find: async () => undefined },
    clock: systemClock,
  });
  return { report, issues };
}

function found({ checks }: StageReport) {
  const against = checks.filter(({ required, result }) => required && (result === "fail" || result === "inconclusive"));
  return { result: conclude(checks).result, codes: against.map(({ code }) => code) };
}
