import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { dispatchingProject } from "./dispatched-project.ts";
import { aFolder, drive, type Ending, verdictIn } from "./drive.ts";

const tagged = (project: string, ...more: string[]) =>
  drive(aFolder(), ["--repo", project, "--workflow", ".github/workflows/tag.yml", ...more]);
const journalOf = ({ folder }: Ending) => readFileSync(join(folder, "requests.jsonl"), "utf8").split("\n");
const refsOf = ({ folder }: Ending) =>
  execFileSync("git", ["--git-dir", join(folder, "world/repository.git"), "for-each-ref", "--format=%(refname)"])
    .toString()
    .trim()
    .split("\n");

describe.concurrent("a tag whose release is dispatched", () => {
  it("TAG-10 TAG-11 TAG-12 F01 F06 F49: starts the release on the tag, once, whatever its name, and that release ends Released", async () => {
    const name = `v1.0.0",$(id)'&<#;`;
    const ended = await tagged(dispatchingProject({ pattern: name.replace("1.0.0", "{version}") }));
    expect(ended.output).toContain(`release.yml was dispatched on refs/tags/${name}`);
    expect(verdictIn(ended.folder).verdict, ended.output).toBe("Released");
    expect(ended.code, ended.output).toBe(0);
    const dispatches = journalOf(ended).filter((line) => line.includes('"actions/create-workflow-dispatch"'));
    expect(dispatches).toHaveLength(1);
    expect(refsOf(ended)).toEqual(["refs/heads/main", `refs/heads/${name.replace("1.0.0", "1")}`, `refs/tags/${name}`]);
  });

  it("GAT-57: waits for a person in both runs, and tags only after the first has agreed", async () => {
    const ended = await tagged(dispatchingProject({ approval: true }));
    expect(verdictIn(ended.folder).verdict, ended.output).toBe("Released");
    expect(readFileSync(join(ended.folder, "report.md"), "utf8")).toContain("approved by reviewer");
    const rejected = await tagged(dispatchingProject({ approval: true }), "--review", "rejected");
    expect(rejected.output).toContain("gates.aborted-by-decision");
    expect(refsOf(rejected)).toEqual(["refs/heads/main"]);
  });

  it("TAG-13: follows the release to its real failure, with the failed job and the end of its log", async () => {
    const ended = await tagged(dispatchingProject({ step: "echo no-such-harbour && exit 3", follow: true }));
    expect(ended.output).toContain("tag.downstream-failed");
    const summary = readFileSync(join(ended.folder, "summaries/tag.md"), "utf8");
    expect(summary).toContain("no-such-harbour");
    expect(ended.code).toBe(1);
  });

  it("ALL-05: rehearsed, starts nothing and leaves every server as it was", async () => {
    const ended = await tagged(dispatchingProject(), "--rehearsal");
    expect(ended.output).toContain("every server is as it was before");
    expect(journalOf(ended).filter((line) => line.includes('"actions/create-workflow-dispatch"'))).toEqual([]);
  });
});
