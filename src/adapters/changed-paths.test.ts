import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { localGit } from "#src/adapters/local-git";
import { aSha } from "#src/testing/builders";
import { type GitGround, gitGround } from "#src/testing/git-ground";

let ground: GitGround;
let base: string;
let head: string;

beforeAll(() => {
  ground = gitGround();
  base = ground.commit("one", {
    "a.txt": "one\n",
    "old/moved.txt": "same\n",
    "gone.txt": "gone\n",
    "kept.txt": "kept\n",
  });
  rmSync(join(ground.work, "gone.txt"));
  ground.git(["mv", "old", "new"]);
  head = ground.commit("two", { "a.txt": "two\n", "tö ab\tc.txt": "new\n" });
  ground.git(["push", "--quiet", "origin", "HEAD:main"]);
});

afterAll(() => ground.remove());

async function changed(from: string | null, workspace = ground.work) {
  const paths: string[] = [];
  const { serverUrl } = ground;
  for await (const path of localGit({ workspace, serverUrl, token: "" }).changedPaths(from, head)) paths.push(path);
  return paths.toSorted();
}

const expected = ["a.txt", "gone.txt", "new/moved.txt", "old/moved.txt", "tö ab\tc.txt"].toSorted();

describe("PLN-43: the paths that changed between two commits", () => {
  it("are those that differ, a removed one and both names of a moved one included, as git spells them", async () => {
    expect(await changed(base)).toEqual(expected);
  });

  it("are all of a commit where none went before", async () => {
    expect(await changed(null)).toEqual(["a.txt", "kept.txt", "new/moved.txt", "tö ab\tc.txt"].toSorted());
  });

  it("are told in a clone without old trees, which asks the server for what it lacks", async () => {
    const bare = join(ground.root, "octo", "tide.git");
    ground.git(["config", "uploadpack.allowFilter", "true"], { in: bare });
    ground.git(["config", "uploadpack.allowAnySHA1InWant", "true"], { in: bare });
    const clone = join(ground.root, "treeless");
    ground.git(["clone", "--quiet", "--filter=tree:0", `file://${bare}`, clone], { in: ground.root });
    expect(await changed(base, clone)).toEqual(expected);
  });

  it("cannot be told of a commit that the checkout does not hold", async () => {
    await expect(changed(aSha("e"))).rejects.toMatchObject({ code: "plan.history-unreadable" });
  });
});
