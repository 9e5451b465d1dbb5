import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { localGit } from "#src/adapters/local-git";
import { remoteRepository } from "#src/adapters/remote-repository";
import { systemClock } from "#src/adapters/system-clock";
import { conclude, decidingCode } from "#src/domain/verdict";
import { FakeLinkedIssues } from "#src/testing/fake-linked-issues";
import { type GitGround, gitGround } from "#src/testing/git-ground";
import { contract } from "./contract.ts";
import { planRelease } from "./plan-release.ts";

const config = (file: string, former: string) =>
  `tag: { target: bump-commit }\nversion:\n  first-release: true\n  sources:\n    - { kind: plain, file: ${file}, former: [${former}] }\nchangelog:\n  format: none\n`;
const at = (version: string) => ({ ".github/seaworthy.yml": config("VERSION", ""), VERSION: `${version}\n` });

let ground: GitGround;
const ids: Record<string, string> = {};

/** Releases whose version was set before the head of the push: in an earlier commit, in a merge, and before its file moved. */
beforeAll(() => {
  ground = gitGround();
  ids.root = ground.commit("feat: begin", at("1.0.0"));
  ground.git(["tag", "-a", "v1.0.0", "-m", "v1.0.0"]);
  ids.bumped = ground.commit("feat: tides", at("1.1.0"));
  ids.after = ground.commit("docs: words", { "README.md": "words" });
  ground.git(["checkout", "--quiet", "-b", "side"]);
  ids.inside = ground.commit("feat: moon", at("1.2.0"));
  ground.git(["checkout", "--quiet", "main"]);
  ground.git(["merge", "--quiet", "--no-ff", "-m", "Merge branch 'side'", "side"]);
  ids.merge = ground.git(["rev-parse", "HEAD"]);
  ground.git(["mv", "VERSION", "NUMBER"]);
  ids.moved = ground.commit("refactor: move", { ".github/seaworthy.yml": config("NUMBER", "VERSION") });
  ids.last = ground.commit("docs: more", { "README.md": "more" });
  ground.git(["push", "--quiet", "--tags", "origin", "main"]);
});

afterAll(() => ground.remove());

describe("a push whose tag goes to the commit that set the version", () => {
  it("TAG-05: plans that commit, which is not the head of the push", async () => {
    const { report, context } = await push("root", "after");
    expect(report.release).toMatchObject({ sha: ids.bumped, tag: "v1.1.0" });
    expect(report.outputs).toMatchObject({ sha: ids.bumped, tag: "v1.1.0" });
    expect(report.subjects).toEqual([{ name: "octo/tide", digest: { gitCommit: ids.bumped } }]);
    expect(context).toMatchObject({ release: { sha: ids.bumped }, "checked-out": ids.after, commits: { total: 1 } });
  });

  it("TAG-05: plans the merge that brought the version to the branch, and not the commit inside it", async () => {
    expect((await push("after", "merge")).report.release).toMatchObject({ sha: ids.merge, tag: "v1.2.0" });
  });

  it("TAG-05: finds it before a move of the version's file, and blocks, as nothing stands at today's path there", async () => {
    const { report } = await push("after", "last", "fail");
    expect(report.checks.find(({ id }) => id === "bump-commit")).toMatchObject({ evidence: [ids.merge] });
    expect(decidingCode(report.checks)).toBe("plan.version-source-missing");
  });

  it("TAG-05 TAG-09: that leaves the version as it was is no release once that commit has the tag", async () => {
    ground.git(["push", "--quiet", "origin", `${ids.bumped}:refs/tags/v1.1.0`]);
    const { report } = await push("bumped", "after");
    expect(report).toMatchObject({ noRelease: true, release: { tag: null } });
  });

  it("TAG-05 TAG-07: converges where that commit has the tag already", async () => {
    const { report } = await push("root", "after");
    expect(report.outputs).toMatchObject({ sha: ids.bumped, "tag-state": "present" });
  });
});

async function push(before: string, after: string, result = "pass") {
  const sha = ids[after] ?? "";
  ground.git(["checkout", "--quiet", "--detach", sha]);
  const remote = { serverUrl: ground.serverUrl, repository: "octo/tide", token: "t", temp: ground.root };
  const run = { ...remote, ref: "refs/heads/main", actor: "ada", sha, event: "push" };
  const given = { "github-token": "t", mode: "push", before: ids[before], after: sha };
  const report = await planRelease(contract.inputs.parse(given), run, {
    local: localGit({ ...remote, workspace: ground.work }),
    remote: remoteRepository(remote, systemClock),
    pushEvent: () => undefined,
    released: async () => new Set(["v1.0.0", "v1.1.0"]),
    issues: new FakeLinkedIssues(),
    tagDates: { find: async () => undefined },
    clock: systemClock,
  });
  expect(conclude(report.checks).result, JSON.stringify(report.checks)).toBe(result);
  const content = report.attachments?.find(({ name }) => name === "context.json")?.content;
  return { report, context: JSON.parse(typeof content === "string" ? content : "{}") };
}
