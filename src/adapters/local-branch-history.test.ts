import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { localBranchHistory } from "#src/adapters/local-branch-history";
import { aSha } from "#src/testing/builders";
import { fakeBranchHistory } from "#src/testing/fake-branches";
import { type GitGround, gitGround } from "#src/testing/git-ground";

let ground: GitGround;
let ids: Record<"first" | "one" | "two" | "squash" | "clash" | "alien", string>;

beforeAll(() => {
  ground = gitGround();
  const first = ground.commit("feat: begin", { "a.txt": "one\n" });
  const one = ground.commit("feat: one", { "a.txt": "two\n" });
  const two = ground.commit("feat: two", { "b.txt": "b\n" });
  ground.git(["checkout", "--quiet", "-b", "released", first]);
  ground.git(["merge", "--quiet", "--squash", one]);
  const squash = ground.commit("Release 1.0 (#7)");
  ground.git(["checkout", "--quiet", "-b", "clash", first]);
  const clash = ground.commit("fix: other", { "a.txt": "three\n" });
  ground.git(["checkout", "--quiet", "--orphan", "alien"]);
  const alien = ground.commit("feat: elsewhere");
  ids = { first, one, two, squash, clash, alien };
});

afterAll(() => ground.remove());

const real = () => localBranchHistory({ workspace: ground.work, serverUrl: ground.serverUrl, token: "t" });

const fake = () =>
  fakeBranchHistory([
    { sha: ids.first, parents: [], tree: "1" },
    { sha: ids.one, parents: [ids.first], tree: "2" },
    { sha: ids.two, parents: [ids.one], tree: "3" },
    { sha: ids.squash, parents: [ids.first], tree: "2", subject: "Release 1.0 (#7)" },
    { sha: ids.clash, parents: [ids.first], tree: "4", subject: "fix: other" },
    { sha: ids.alien, parents: [], tree: "5", subject: "feat: elsewhere" },
  ]);

describe.each([
  ["real git", real],
  ["the fake", fake],
])("PRO-03: %s", (_name, open) => {
  it("relates a commit to its ancestor, to itself, and the other way round", async () => {
    const { first, two } = ids;
    expect(await open().relate(two, first)).toEqual({ base: first, ahead: 2, behind: 0 });
    expect(await open().relate(two, two)).toEqual({ base: two, ahead: 0, behind: 0 });
    expect(await open().relate(first, two)).toEqual({ base: first, ahead: 0, behind: 2 });
  });

  it("relates diverged commits through their merge base", async () => {
    expect(await open().relate(ids.two, ids.squash)).toEqual({ base: ids.first, ahead: 2, behind: 1 });
  });

  it("finds no merge base between unrelated histories", async () => {
    expect(await open().relate(ids.first, ids.alien)).toEqual({ base: null, ahead: 1, behind: 1 });
  });

  it("does not know a commit that is not there", async () => {
    expect(await open().relate(ids.two, aSha("9"))).toBe("unknown");
  });

  it("PRO-08 F29: names the commit that a squash stands for", async () => {
    const { strays } = await open().diverge(ids.two, ids.squash);
    expect(strays).toEqual([{ sha: ids.squash, subject: "Release 1.0 (#7)", twin: ids.one }]);
  });

  it("PRO-08: names no twin for a commit of its own", async () => {
    const { strays } = await open().diverge(ids.two, ids.clash);
    expect(strays).toEqual([{ sha: ids.clash, subject: "fix: other", twin: undefined }]);
  });
});

describe("PRO-08: a merge commit with the content of a commit of the source", () => {
  it("is no squash", async () => {
    const parents = ["-p", ids.first, "-p", ids.clash];
    const merge = ground.git(["commit-tree", `${ids.one}^{tree}`, ...parents, "-m", "Merge"]);
    const { strays } = await real().diverge(ids.two, merge);
    expect(strays.map(({ sha, twin }) => [sha, twin])).toEqual([
      [merge, undefined],
      [ids.clash, undefined],
    ]);
  });
});

describe("PRO-03: a merge that is only tried", () => {
  it("lists the paths that conflict, and touches neither files nor refs", async () => {
    const before = ground.git(["for-each-ref"]);
    expect((await real().diverge(ids.two, ids.clash)).conflicts).toEqual(["a.txt"]);
    expect(ground.git(["for-each-ref"])).toBe(before);
    expect(ground.git(["status", "--porcelain"])).toBe("");
  });

  it("lists none where both sides join", async () => {
    expect((await real().diverge(ids.two, ids.squash)).conflicts).toEqual([]);
  });

  it("is refused where the history is missing", async () => {
    await expect(real().diverge(ids.two, aSha("9"))).rejects.toMatchObject({ code: "promote.history-truncated" });
  });
});
