import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { workspaceFiles } from "#src/adapters/workspace-files";
import { readTar } from "#src/domain/archive/tar";
import { toFailure } from "#src/domain/failure";

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

describe("the committed tree", () => {
  it("is packed whole, as it was committed, whatever the attributes leave out and the folder holds", async () => {
    git("init", "--quiet");
    writeFileSync(join(folder, ".gitattributes"), "private export-ignore\n");
    writeFileSync(join(folder, "private"), "as committed");
    git("add", ".");
    git("commit", "--quiet", "-m", "one");
    writeFileSync(join(folder, "private"), "as changed");
    const entries = readTar(await workspaceFiles(folder).archive());
    const found = entries.map(({ path, content }) => [path, Buffer.from(content).toString()]);
    expect(found).toEqual([
      [".gitattributes", "private export-ignore\n"],
      ["private", "as committed"],
    ]);
    expect(git("status", "--porcelain")).toBe("M private");
  });

  it("is told from a folder without one", async () => {
    await expect(workspaceFiles(folder).archive()).rejects.toMatchObject({ code: "build.sha-mismatch" });
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

  const write = (...paths: string[]) => {
    for (const path of paths) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), path);
    }
  };
  const pathsOf = async (pattern: string) => (await workspaceFiles(folder).matching(pattern)).map(({ path }) => path);

  it.each([
    ["dist/**", ["dist/..odd", "dist/.env", "dist/.hidden/b.js", "dist/a.js", "dist/deep/.c.js", "dist/deep/c.min.js"]],
    ["./dist/*", ["dist/..odd", "dist/.env", "dist/a.js"]],
    ["dist/.env", ["dist/.env"]],
    ["dist/*.js", ["dist/a.js"]],
    ["dist/{.env,a.js}", ["dist/.env", "dist/a.js"]],
    ["**/c{,.min}.js", ["dist/deep/c.min.js"]],
    ["{dist,lib}/deep/?c.js", ["dist/deep/.c.js"]],
    ["part-{1..2}.tgz", ["part-1.tgz", "part-2.tgz"]],
    ["*.tgz", ["part-1.tgz", "part-2.tgz", "part-3.tgz"]],
    ["dist/a.js/b", []],
    ["dist", []],
  ])("are those that users get, names with a leading dot among them: %s", async (pattern, expected) => {
    write("dist/a.js", "dist/.env", "dist/..odd", "dist/.hidden/b.js", "dist/deep/c.min.js", "dist/deep/.c.js");
    write("part-1.tgz", "part-2.tgz", "part-3.tgz", ".git/config");
    expect(await pathsOf(pattern)).toEqual(expected);
  });

  it("are never those of the repository's own folder, unless it is named", async () => {
    write(".git/config", "lib/.git/config", "a.js");
    expect(await pathsOf("**")).toEqual(["a.js", "lib/.git/config"]);
    expect(await pathsOf(".git/*")).toEqual([".git/config"]);
  });

  it.each([["/etc/hostname"], ["../*"], ["dist/../../*"], ["C:/a"], ["..\\*"]])(
    "are never outside of the checkout: %s",
    async (pattern) => {
      const failure = await workspaceFiles(folder).matching(pattern).catch(toFailure);
      expect(failure).toMatchObject({ kind: "input", code: "all.input-invalid" });
    },
  );

  it("are not read through a linked folder, which is found itself", async () => {
    write("real/a.js");
    symlinkSync(join(folder, "real"), join(folder, "linked"));
    for (const pattern of ["linked/*", "linked/a.js", "**/linked"]) {
      expect(await workspaceFiles(folder).matching(pattern)).toMatchObject([{ path: "linked", regular: false }]);
    }
    expect(await pathsOf("{linked,none}/*")).toEqual([]);
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

describe("a file that is larger than can be read", () => {
  it("BLD-08: is told by its size, and not read", async () => {
    writeFileSync(join(folder, "image.tar"), "");
    truncateSync(join(folder, "image.tar"), 3 * 1024 ** 3);
    expect(await workspaceFiles(folder).matching("*.tar")).toMatchObject([
      { path: "image.tar", unread: 3 * 1024 ** 3 },
    ]);
  });
});
