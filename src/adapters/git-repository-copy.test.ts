import { execFileSync } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { gitRepositoryCopy } from "#src/adapters/git-repository-copy";
import { throwawayWorkspaces } from "#src/adapters/throwaway-workspaces";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "copy-")));
const tree = join(folder, "octo", "tide.git");
const git = (...args: string[]) =>
  execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b.example", ...args], { cwd: folder })
    .toString()
    .trim();

git("init", "--quiet", tree);
writeFileSync(join(tree, "a.txt"), "one");
git("-C", tree, "add", ".");
git("-C", tree, "commit", "--quiet", "-m", "one");
const tagged = git("-C", tree, "rev-parse", "HEAD");
git("-C", tree, "tag", "-a", "v1.1.0", "-m", "one");
writeFileSync(join(tree, "a.txt"), "two");
git("-C", tree, "commit", "--quiet", "-am", "two");
const newest = git("-C", tree, "rev-parse", "HEAD");

const copies = gitRepositoryCopy({ serverUrl: pathToFileURL(folder).href, repository: "octo/tide" }, "");
const open = () => throwawayWorkspaces({ temp: folder, workspace: folder }, { PATH: process.env.PATH }).open("git");

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("a copy of the repository", () => {
  it("at an annotated tag stands on the commit behind it", async () => {
    const space = await open();
    expect(await copies.clone("refs/tags/v1.1.0", space)).toEqual({ head: tagged });
    expect(await readFile(join(space.directory, "repository", "a.txt"), "utf8")).toBe("one");
  });

  it("at a commit stands on it, also after an earlier try", async () => {
    const space = await open();
    await copies.clone("refs/tags/v1.1.0", space);
    expect(await copies.clone(newest, space)).toEqual({ head: newest });
  });

  it("tells what git said about a tag that is not there", async () => {
    const answer = await copies.clone("refs/tags/v9.9.9", await open());
    expect(answer).toMatchObject({ trouble: { said: expect.stringMatching(/couldn't find remote ref/) } });
  });
});
