import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { conclude, decidingCode } from "#src/domain/verdict";
import { type GrownBranch, grownBranch } from "./grown-branch.ts";

let ground: GrownBranch["ground"];
let ids: GrownBranch["ids"];
let plan: GrownBranch["plan"];

beforeAll(() => {
  ({ ground, ids, plan } = grownBranch("tag: { target: bump-commit }\n"));
});

afterAll(() => ground.remove());

describe("a push whose tag goes to the commit that set the version", () => {
  it("TAG-05: plans that commit, which is not the head of the push", async () => {
    const { report, context } = await push("root", "after");
    expect(report.release).toMatchObject({ sha: ids.bumped, tag: "v1.1.0" });
    expect(report.outputs).toMatchObject({ sha: ids.bumped, tag: "v1.1.0" });
    expect(report.subjects).toEqual([{ name: "octo/tide", digest: { gitCommit: ids.bumped } }]);
    expect(context).toMatchObject({ release: { sha: ids.bumped }, "checked-out": ids.after, commits: { total: 2 } });
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
  const given = { mode: "push", before: ids[before] ?? "", after: ids[after] ?? "" };
  const report = await plan(given, after, async () => new Set(["v1.0.0", "v1.1.0"]));
  expect(conclude(report.checks).result, JSON.stringify(report.checks)).toBe(result);
  const content = report.attachments?.find(({ name }) => name === "context.json")?.content;
  return { report, context: JSON.parse(typeof content === "string" ? content : "{}") };
}
