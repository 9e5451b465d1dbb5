import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { localGit } from "#src/adapters/local-git";
import { aSha } from "#src/testing/builders";
import { fakeLocalGit } from "#src/testing/fake-local-git";
import { type GitGround, gitGround } from "#src/testing/git-ground";

let ground: GitGround;
let ids: { first: string; side: string; merge: string };

beforeAll(() => {
  ground = gitGround();
  const first = ground.commit("feat: begin\n\nWith a body.", { "a.txt": "one\n", "folder/b.txt": "two\n" });
  ground.git(["push", "--quiet", "origin", "main"]);
  ground.git(["checkout", "--quiet", "-b", "side"]);
  const side = ground.commit("fix: ünïcode 🌊", { "a.txt": "side\n" });
  ground.git(["checkout", "--quiet", "main"]);
  ground.git(["merge", "--quiet", "--no-ff", "-m", "Merge branch 'side'", "side"]);
  ids = { first, side, merge: ground.git(["rev-parse", "HEAD"]) };
});

afterAll(() => ground.remove());

const real = (workspace = ground.work) => localGit({ workspace, serverUrl: ground.serverUrl, token: "t" });

const fake = () => {
  const files = { "a.txt": "one\n", "folder/b.txt": "two\n" };
  return fakeLocalGit({
    checkout: { head: ids.merge, shallow: false, dirty: [] },
    refs: [ids.merge, ids.side, ids.first],
    commits: [
      { sha: ids.first, parents: [], message: "feat: begin\n\nWith a body.", files },
      { sha: ids.side, parents: [ids.first], message: "fix: ünïcode 🌊", files: { ...files, "a.txt": "side\n" } },
      {
        sha: ids.merge,
        parents: [ids.first, ids.side],
        message: "Merge branch 'side'",
        files: { ...files, "a.txt": "side\n" },
      },
    ],
  });
};

describe.each([
  ["real git", real],
  ["the fake", fake],
])("%s", (_name, open) => {
  it("tells the commit of a clean, whole checkout", async () => {
    expect(await open().look()).toEqual({ head: ids.merge, shallow: false, dirty: [] });
  });

  it("streams the commits since a base, newest first, with parents and messages", async () => {
    expect(await collect(open().commitsSince(ids.first, ids.merge))).toEqual([
      { sha: ids.merge, parents: [ids.first, ids.side], message: "Merge branch 'side'" },
      { sha: ids.side, parents: [ids.first], message: "fix: ünïcode 🌊" },
    ]);
  });

  it("streams the whole history where there is no base", async () => {
    const commits = await collect(open().commitsSince(null, ids.side));
    expect(commits.map(({ message }) => message)).toEqual(["fix: ünïcode 🌊", "feat: begin\n\nWith a body."]);
  });

  it("streams nothing where the base is the tip", async () => {
    expect(await collect(open().commitsSince(ids.side, ids.side))).toEqual([]);
  });

  it("tells ancestors from others, and says unknown of what it does not hold", async () => {
    const history = open();
    expect(await history.isAncestor(ids.first, ids.merge)).toBe(true);
    expect(await history.isAncestor(ids.merge, ids.first)).toBe(false);
    expect(await history.isAncestor(ids.merge, ids.merge)).toBe(true);
    expect(await history.isAncestor(aSha("e"), ids.merge)).toBe("unknown");
  });

  it("lists the commits of refs, and those that contain a commit", async () => {
    expect(await open().tips(ids.side)).toEqual({
      all: new Set([ids.merge, ids.side, ids.first]),
      containing: new Set([ids.merge, ids.side]),
    });
  });

  it("reads a file as a commit holds it", async () => {
    expect(await open().read("a.txt", ids.first)).toBe("one\n");
    expect(await open().read("folder/b.txt", ids.merge)).toBe("two\n");
    expect(await open().read("none.txt", ids.merge)).toBeUndefined();
  });

  it("PLN-27: names the first parent, none of a root, and says unknown of what it does not hold", async () => {
    const history = open();
    expect(await history.firstParent(ids.merge)).toBe(ids.first);
    expect(await history.firstParent(ids.first)).toBeNull();
    expect(await history.firstParent(aSha("e"))).toBe("unknown");
  });

  it("PLN-27: streams the commits of the branch itself that changed a path, a merge for what it brought in", async () => {
    const changed = (base: string | null, path: string) => collect(open().changesOf([path], { base, tip: ids.merge }));
    expect(await changed(null, "a.txt")).toEqual([ids.merge, ids.first]);
    expect(await changed(ids.first, "a.txt")).toEqual([ids.merge]);
    expect(await changed(null, "folder/b.txt")).toEqual([ids.first]);
    expect(await changed(null, "none.txt")).toEqual([]);
  });

  it("PLN-32: reads many files at once, in the order asked for, and tells absent from out of reach", async () => {
    const wanted = [
      { path: "a.txt", commit: ids.side },
      { path: "none.txt", commit: ids.side },
      { path: "a.txt", commit: aSha("e") },
      { path: "folder/b.txt", commit: ids.first },
      { path: "a.txt", commit: ids.first },
    ];
    expect(await open().readMany(wanted)).toEqual([
      { kind: "text", text: "side\n" },
      { kind: "absent" },
      { kind: "out-of-reach" },
      { kind: "text", text: "two\n" },
      { kind: "text", text: "one\n" },
    ]);
    expect(await open().readMany([])).toEqual([]);
  });

  it("lists the files of a commit", async () => {
    expect((await open().list(ids.merge)).toSorted()).toEqual(["a.txt", "folder/b.txt"]);
    await expect(open().list(aSha("e"))).rejects.toMatchObject({ code: "plan.history-unreadable" });
  });

  it("fails to read from a commit that it does not hold", async () => {
    await expect(open().read("a.txt", aSha("e"))).rejects.toMatchObject({ code: "plan.history-unreadable" });
  });
});

describe("a checkout", () => {
  let folder: string;

  beforeAll(() => {
    folder = join(ground.root, "second");
    ground.git(["clone", "--quiet", ground.work, folder], { in: ground.root });
  });

  it("PLN-05: names changed, staged and untracked paths, also inside new folders, and no ignored ones", async () => {
    writeFileSync(join(folder, ".gitignore"), "ignored\n");
    writeFileSync(join(folder, "ignored"), "x");
    writeFileSync(join(folder, "a.txt"), "changed\n");
    mkdirSync(join(folder, "new folder"));
    writeFileSync(join(folder, "new folder", "ü\n.txt"), "x");
    const { dirty } = await real(folder).look();
    expect(dirty.toSorted()).toEqual([".gitignore", "a.txt", "new folder/ü\n.txt"]);
  });

  it("reads what the commit holds, not what lies in the folder, and takes no symbolic link for a file", async () => {
    writeFileSync(join(folder, "a.txt"), "changed\n");
    symlinkSync("a.txt", join(folder, "link"));
    ground.git(["add", "link"], { in: folder });
    ground.git(["commit", "--quiet", "-m", "link"], { in: folder });
    const head = ground.git(["rev-parse", "HEAD"], { in: folder });
    expect(await real(folder).read("a.txt", head)).toBe("side\n");
    expect(await real(folder).read("link", head)).toBeUndefined();
    expect(await real(folder).read("folder", head)).toBeUndefined();
    expect(await real(folder).read("*.txt", head)).toBeUndefined();
  });

  it("reads many files, empty ones and one of a megabyte, and takes no folder or line's end for a file", async () => {
    const large = "🌊".repeat(300_000);
    writeFileSync(join(folder, "large.txt"), large);
    writeFileSync(join(folder, "empty.txt"), "");
    ground.git(["add", "large.txt", "empty.txt"], { in: folder });
    ground.git(["commit", "--quiet", "-m", "large"], { in: folder });
    const commit = ground.git(["rev-parse", "HEAD"], { in: folder });
    const paths = ["large.txt", "empty.txt", "folder", "a\nb", "./large.txt"];
    expect(await real(folder).readMany(paths.map((path) => ({ path, commit })))).toEqual([
      { kind: "text", text: large },
      { kind: "text", text: "" },
      { kind: "absent" },
      { kind: "absent" },
      { kind: "text", text: large },
    ]);
  });

  it("PLN-32: takes no symbolic link for a file among many, wherever it leads", async () => {
    const links = { inside: "folder/b.txt", loop: "loop", dangling: "nowhere", out: "../../secret" };
    for (const [name, target] of Object.entries(links)) symlinkSync(target, join(folder, `${name}.link`));
    ground.git(["add", "*.link"], { in: folder });
    ground.git(["commit", "--quiet", "-m", "links"], { in: folder });
    const commit = ground.git(["rev-parse", "HEAD"], { in: folder });
    const paths = ["inside.link", "loop.link", "folder/b.txt", "dangling.link", "out.link", "folder/b.txt"];
    const held = await real(folder).readMany(paths.map((path) => ({ path, commit })));
    const [absent, file] = [{ kind: "absent" }, { kind: "text", text: "two\n" }];
    expect(held).toEqual([absent, absent, file, absent, absent, file]);
  });

  it("PLN-04: finds a tip that contains a commit also where only a tag holds it", async () => {
    ground.git(["tag", "-a", "held", "-m", "held", "HEAD"], { in: folder });
    const tip = ground.git(["rev-parse", "HEAD"], { in: folder });
    ground.git(["checkout", "--quiet", "--detach", ids.merge], { in: folder });
    ground.git(["update-ref", "refs/heads/main", ids.merge], { in: folder });
    expect((await real(folder).tips(ids.side)).containing).toContain(tip);
    expect((await real(folder).tips(tip)).containing).not.toContain(ids.merge);
  });

  it("PLN-44: is known as shallow", async () => {
    const shallow = join(ground.root, "shallow");
    ground.git(["clone", "--quiet", "--depth=1", `file://${ground.work}`, shallow], { in: ground.root });
    expect(await real(shallow).look()).toMatchObject({ shallow: true, head: ids.merge });
  });

  it("is the same in a clone that left trees out", async () => {
    const partial = join(ground.root, "partial");
    ground.git(["config", "uploadpack.allowFilter", "true"]);
    ground.git(["clone", "--quiet", "--filter=tree:0", `file://${ground.work}`, partial], { in: ground.root });
    expect(await real(partial).look()).toEqual({ head: ids.merge, shallow: false, dirty: [] });
    expect(await collect(real(partial).commitsSince(ids.first, ids.merge))).toHaveLength(2);
    expect(await real(partial).read("a.txt", ids.first)).toBe("one\n");
  });

  it("is missing in a folder without one", async () => {
    const empty = mkdtempSync(join(tmpdir(), "seaworthy-empty-"));
    await expect(real(empty).look()).rejects.toMatchObject({ code: "plan.checkout-missing" });
    rmSync(empty, { recursive: true });
  });

  it("is missing where there is no commit yet", async () => {
    const fresh = join(ground.root, "fresh");
    ground.git(["init", "--quiet", fresh], { in: ground.root });
    await expect(real(fresh).look()).rejects.toMatchObject({ code: "plan.checkout-missing" });
  });

  it("fails with git's own words where the history cannot be read", async () => {
    await expect(collect(real().commitsSince(aSha("e"), ids.merge))).rejects.toMatchObject({
      code: "plan.history-unreadable",
      message: expect.stringContaining(aSha("e")),
    });
  });
});

describe("a long history", () => {
  it("PLN-44: of 3,000 commits is streamed one by one", async () => {
    const folder = join(ground.root, "long");
    ground.git(["init", "--quiet", "--initial-branch=main", folder], { in: ground.root });
    const person = "committer Ada <ada@example.org> 1767225600 +0000";
    const commits = Array.from(
      { length: 3_000 },
      (_, index) => `commit refs/heads/main\n${person}\n${messageOf(index)}`,
    );
    ground.git(["fast-import", "--quiet"], { in: folder, input: commits.join("\n") });
    const head = ground.git(["rev-parse", "main"], { in: folder });

    const subjects: string[] = [];
    for await (const { message } of real(folder).commitsSince(null, head)) subjects.push(message.split("\n")[0] ?? "");
    expect(subjects).toHaveLength(3_000);
    expect(new Set(subjects).size).toBe(3_000);
    expect([subjects[0], subjects.at(-1)]).toEqual(["feat: wave 2999 🌊", "feat: wave 0 🌊"]);
  });
});

function messageOf(index: number): string {
  const text = `feat: wave ${index} 🌊\n\n${"Line of the body.\n".repeat(40)}`;
  return `data ${Buffer.byteLength(text)}\n${text}`;
}

async function collect<Item>(commits: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const commit of commits) list.push(commit);
  return list;
}
