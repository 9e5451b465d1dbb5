import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { gitWorktrees } from "#src/adapters/git-worktrees";

let root: string;
const git = (...args: string[]) =>
  execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b.example", ...args], { cwd: join(root, "work") })
    .toString()
    .trim();
const trees = () => gitWorktrees({ workspace: join(root, "work"), temp: join(root, "temp") });

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "worktrees-"));
  mkdirSync(join(root, "work"));
  mkdirSync(join(root, "temp"));
  git("init", "--quiet");
  writeFileSync(join(root, "work/speed"), "slow");
  git("add", ".");
  git("commit", "--quiet", "-m", "one");
  git("tag", "-a", "v1", "-m", "Release v1");
  writeFileSync(join(root, "work/speed"), "fast");
  git("commit", "--quiet", "-am", "two");
});
afterAll(() => rmSync(root, { recursive: true }));

describe("GAT-35: worktrees of a checkout", () => {
  it("know the commit behind a tag, and no other tag", async () => {
    expect(await trees().commitOf("v1")).toBe(git("rev-parse", "v1^{commit}"));
    expect(await trees().commitOf("v2")).toBeUndefined();
  });

  it("stand beside the checkout, which they leave alone, and are gone when closed", async () => {
    const opened = await trees().open(git("rev-parse", "v1^{commit}"));
    if ("broken" in opened) throw new Error(opened.broken);
    expect(readFileSync(join(opened.directory, "speed"), "utf8")).toBe("slow");
    expect(readFileSync(join(root, "work/speed"), "utf8")).toBe("fast");
    await opened.close();
    expect(existsSync(opened.directory)).toBe(false);
    expect(git("worktree", "list").split("\n")).toHaveLength(1);
  });

  it("hand a result out once", async () => {
    const opened = await trees().open("HEAD");
    if ("broken" in opened) throw new Error(opened.broken);
    expect(await opened.takeResults()).toBeUndefined();
    writeFileSync(opened.results, "[]");
    expect(Buffer.from((await opened.takeResults()) ?? []).toString()).toBe("[]");
    expect(await opened.takeResults()).toBeUndefined();
    await opened.close();
  });

  it("say why a commit does not open", async () => {
    expect(await trees().open("b".repeat(40))).toMatchObject({ broken: expect.stringMatching(/./) });
  });

  it("describe the machine", () => {
    expect(trees().host()).toMatch(/ \d+ x .*, \d+ GiB$/);
  });
});
