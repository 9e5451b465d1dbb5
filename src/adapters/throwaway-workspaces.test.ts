import { chmod, mkdir, mkdtemp, readFile, realpath, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { throwawayWorkspaces } from "#src/adapters/throwaway-workspaces";
import { changesBetween } from "#src/domain/snapshot";

let folder: string;
beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "throwaway-")));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const source = {
  PATH: "/bin",
  HOME: "/home/someone",
  GITHUB_TOKEN: "secret",
  INPUT_A: "b",
  LANG: "C",
  XDG_CACHE_HOME: "/x",
};
const open = (given: Record<string, string> = source) =>
  throwawayWorkspaces({ temp: folder, workspace: join(folder, "checkout") }, given).open("one");

describe("a throwaway workspace", () => {
  it("has a home, caches and a temporary folder of its own, and its programs come first on PATH", async () => {
    const { root, directory, home, environment } = await open();
    expect(environment).toEqual({
      LANG: "C",
      HOME: home,
      TMPDIR: join(root, "tmp"),
      PATH: "/bin",
      npm_config_cache: join(root, "npm-cache"),
      npm_config_prefix: join(root, "npm-prefix"),
      npm_config_userconfig: join(root, "npmrc"),
      npm_config_update_notifier: "false",
    });
    for (const made of [directory, home, environment.TMPDIR ?? ""]) expect((await stat(made)).isDirectory()).toBe(true);
  });

  it("knows where packages are, and no credential of the client's configuration", async () => {
    const configured = join(folder, "job-npmrc");
    const harmless = [
      "registry=http://127.0.0.1:4873/",
      "@scope:registry=http://127.0.0.1:4874/",
      "cafile=/etc/ca.pem",
    ];
    const secret = [
      "//127.0.0.1:4873/:_authToken=npm_secret",
      "_auth=c2VjcmV0",
      "//127.0.0.1:4873/:_password=cGFzcw==",
      "//127.0.0.1:4873/:username=me",
      "email=me@example.com",
      "proxy=http://me:secret@127.0.0.1:3128",
      "https-proxy=${PROXY}",
      "key=-----BEGIN",
      "otp=123456",
    ];
    await writeFile(configured, [...secret, ...harmless].join("\n"));
    const { environment } = await open({ ...source, NPM_CONFIG_USERCONFIG: configured });
    const seen = await readFile(environment.npm_config_userconfig ?? "", "utf8");
    expect(seen.trim().split("\n")).toEqual(harmless);
  });

  it("is never the same twice, holds a manifest so that npm looks no higher, and can be removed", async () => {
    const [first, second] = [await open(), await open()];
    expect(first.root).not.toBe(second.root);
    expect(JSON.parse(await readFile(join(first.directory, "package.json"), "utf8"))).toEqual({ private: true });
    await throwawayWorkspaces({ temp: folder, workspace: folder }, source).discard(first.root);
    await expect(stat(first.root)).rejects.toThrow("ENOENT");
  });
});

describe("a snapshot", () => {
  const spaces = () => throwawayWorkspaces({ temp: join(folder, "temp"), workspace: folder }, source);

  it("sees content, permissions, links and folders, and does not follow links", async () => {
    const tree = await mkdtemp(join(folder, "tree-"));
    await mkdir(join(tree, "deep", "er"), { recursive: true });
    await writeFile(join(tree, "deep", "a"), "one");
    await symlink("/", join(tree, "root"));
    const before = await spaces().snapshot(tree);
    expect([...before.keys()].sort()).toEqual(["deep", "deep/a", "deep/er", "root"]);

    await writeFile(join(tree, "deep", "a"), "two");
    await writeFile(join(tree, "b"), "");
    await chmod(join(tree, "deep", "er"), 0o700);
    await rm(join(tree, "root"));
    expect(changesBetween(before, await spaces().snapshot(tree))).toEqual([
      { path: "b", change: "added" },
      { path: "deep/a", change: "changed" },
      { path: "deep/er", change: "changed" },
      { path: "root", change: "removed" },
    ]);
  });

  it("leaves the temporary folder out where it lies inside, and finds nothing in a folder that is not there", async () => {
    const tree = await mkdtemp(join(folder, "checkout-"));
    const nested = throwawayWorkspaces({ temp: join(tree, "temp"), workspace: tree }, source);
    await mkdir(join(tree, "temp"));
    await writeFile(join(tree, "temp", "noise"), "");
    await writeFile(join(tree, "temporary"), "");
    expect([...(await nested.snapshot(tree)).keys()]).toEqual(["temporary"]);
    expect((await nested.snapshot(join(tree, "absent"))).size).toBe(0);
  });

  it("reads a folder inside the temporary one whole, as every workspace is", async () => {
    const spaces = throwawayWorkspaces({ temp: folder, workspace: join(folder, "checkout") }, source);
    const { home } = await spaces.open("one");
    await writeFile(join(home, ".rc"), "");
    expect([...(await spaces.snapshot(home)).keys()]).toEqual([".rc"]);
  });

  it("reads regular files only", async () => {
    const space = await open();
    await writeFile(join(space.directory, "a"), "text");
    await mkdir(join(space.directory, "folder"));
    await symlink("a", join(space.directory, "link"));
    const read = async (path: string) => (await spaces().read(space, path))?.toString();
    expect(await Promise.all(["a", "folder", "link", "absent", "a/b"].map(read))).toEqual([
      "text",
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});
