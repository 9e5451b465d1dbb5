import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { workspaceFiles } from "#src/adapters/workspace-files";

let folder: string;
const git = (...args: string[]) =>
  execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b.example", ...args], { cwd: folder })
    .toString()
    .trim();

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "workspace-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("a checkout", () => {
  it("names its commit, and the commit behind an annotated tag", async () => {
    git("init", "--quiet");
    git("commit", "--quiet", "--allow-empty", "-m", "one");
    git("tag", "-a", "v1", "-m", "Release v1");
    git("commit", "--quiet", "--allow-empty", "-m", "two");
    const commits = await workspaceFiles(folder).commits("v1");
    expect(commits).toEqual({ head: git("rev-parse", "HEAD"), tagged: git("rev-parse", "HEAD~1") });
  });

  it("knows a tag that it lacks as undefined", async () => {
    git("init", "--quiet");
    git("commit", "--quiet", "--allow-empty", "-m", "one");
    expect((await workspaceFiles(folder).commits("v9")).tagged).toBeUndefined();
  });

  it("is told from a folder without one", async () => {
    await expect(workspaceFiles(folder).commits("v1")).rejects.toMatchObject({ code: "build.sha-mismatch" });
  });
});

describe("built files", () => {
  it("are found by glob, with bytes and mode, folders left out", async () => {
    mkdirSync(join(folder, "dist/deep"), { recursive: true });
    writeFileSync(join(folder, "dist/a.js"), "1");
    writeFileSync(join(folder, "dist/deep/b.js"), "2");
    chmodSync(join(folder, "dist/deep/b.js"), 0o755);
    const found = await workspaceFiles(folder).matching("dist/**");
    expect(found.map(({ path, mode, regular, bytes }) => [path, mode, regular, Buffer.from(bytes).toString()])).toEqual(
      [
        ["dist/a.js", "644", true, "1"],
        ["dist/deep/b.js", "755", true, "2"],
      ],
    );
  });

  it("are not followed through links", async () => {
    writeFileSync(join(folder, "secret"), "1");
    symlinkSync(join(folder, "secret"), join(folder, "a.tgz"));
    const [link] = await workspaceFiles(folder).matching("*.tgz");
    expect(link).toMatchObject({ path: "a.tgz", regular: false, bytes: new Uint8Array() });
  });

  it("are none where nothing matches", async () => {
    expect(await workspaceFiles(folder).matching("*.tgz")).toEqual([]);
  });
});
