import { describe, expect, it } from "vitest";
import { aSha } from "#src/testing/builders";
import { fakeLocalGit } from "#src/testing/fake-local-git";
import { agreedVersion, readVersions } from "./version-sources.ts";

const sha = aSha();

describe("the places of an npm package that hold its version", () => {
  it("are the manifest alone where there is no lockfile", async () => {
    expect(await read({ "package.json": '{"version":"1.0.0"}' })).toEqual(["package.json version: 1.0.0"]);
  });

  it("PLN-21: are the manifest and both entries of each lockfile beside it", async () => {
    const lock = '{"lockfileVersion":3,"version":"1.0.0","packages":{"":{"version":"1.0.1"}}}';
    const files = {
      "app/package.json": '{"version":"1.0.0"}',
      "app/package-lock.json": lock,
      "app/npm-shrinkwrap.json": lock,
    };
    expect(await read({ ...files, "package-lock.json": lock }, "app/package.json")).toEqual([
      "app/package.json version: 1.0.0",
      "app/package-lock.json version: 1.0.0",
      'app/package-lock.json packages[""].version: 1.0.1',
      "app/npm-shrinkwrap.json version: 1.0.0",
      'app/npm-shrinkwrap.json packages[""].version: 1.0.1',
    ]);
  });

  describe("in a repository of workspaces", () => {
    const files = (locked: string, root = '{"version":"1.0.0","workspaces":["packages/*"]}') => ({
      "package.json": root,
      "package-lock.json": `{"lockfileVersion":3,"version":"1.0.0","packages":{"":{"version":"1.0.0"}${locked}}}`,
      "packages/a/package.json": '{"version":"1.0.0"}',
    });
    const behind = ',"packages/a":{"version":"0.9.0"},"node_modules/a":{"link":true}';
    const member = "packages/a/package.json";

    it("PLN-21 F30: are the workspace's entry in the root's lockfile too", async () => {
      expect(await read(files(behind), member)).toEqual([
        "packages/a/package.json version: 1.0.0",
        'package-lock.json packages["packages/a"].version: 0.9.0',
      ]);
    });

    it("PLN-21 F30: hold an entry that is behind its workspace's manifest against the release of the root", async () => {
      expect((await read(files(behind))).slice(3)).toEqual([
        'package-lock.json packages["packages/a"].version: unreadable',
      ]);
    });

    it("leave out a workspace whose entry says what its own manifest says", async () => {
      const own = { "packages/a/package.json": '{"version":"0.9.0"}' };
      expect(await read({ ...files(behind), ...own })).toHaveLength(3);
    });

    it.each([
      ["patterns", '{"version":"1.0.0","workspaces":["./packages/*"]}'],
      ["packages by patterns", '{"version":"1.0.0","workspaces":{"packages":["packages/a/"]}}'],
    ])("PLN-22: miss the entry of a workspace that the manifest names by %s", async (_form, root) => {
      expect((await read(files("", root), member)).slice(1)).toEqual([
        'package-lock.json packages["packages/a"].version: unreadable',
      ]);
    });

    it("take a package for itself that no manifest above names", async () => {
      expect(await read(files("", '{"version":"1.0.0","workspaces":["apps/*"]}'), member)).toHaveLength(1);
    });
  });

  it("are without the root package in a lockfile of format 1", async () => {
    const files = {
      "package.json": '{"version":"1.0.0"}',
      "package-lock.json": '{"lockfileVersion":1,"version":"1.0.0"}',
    };
    expect(await read(files)).toHaveLength(2);
  });

  it.each([
    ["absent", {}, ["package.json version: absent"]],
    ["not JSON", { "package.json": "{" }, ["package.json version: unreadable"]],
    ["a list", { "package.json": "[]" }, ["package.json version: unreadable"]],
    ["without a version", { "package.json": "{}" }, ["package.json version: unreadable"]],
    ["of a version that is a number", { "package.json": '{"version":1}' }, ["package.json version: unreadable"]],
  ])("are told as they are where the manifest is %s", async (_case, files, expected) => {
    expect(await read(files)).toEqual(expected);
  });

  it.each([
    ["not JSON", "{", ["package-lock.json version: unreadable"]],
    [
      "without versions",
      '{"lockfileVersion":3}',
      ["package-lock.json version: unreadable", 'package-lock.json packages[""].version: unreadable'],
    ],
  ])("are told as they are where the lockfile is %s", async (_case, lock, expected) => {
    expect((await read({ "package.json": '{"version":"1.0.0"}', "package-lock.json": lock })).slice(1)).toEqual(
      expected,
    );
  });

  it("agree on a version, or on none", async () => {
    const at = (version: string) => ({ file: "f", place: "version", found: { kind: "value" as const, text: version } });
    expect(agreedVersion([at("1.0.0"), at("1.0.0")])).toBe("1.0.0");
    expect(agreedVersion([at("1.0.0"), at("1.0.1")])).toBeNull();
    expect(agreedVersion([at("1.0.0"), { file: "f", place: "version", found: { kind: "absent" } }])).toBeNull();
    expect(agreedVersion([])).toBeNull();
  });
});

async function read(files: Record<string, string>, file = "package.json"): Promise<string[]> {
  const git = fakeLocalGit({
    checkout: { head: sha, shallow: false, dirty: [] },
    commits: [{ sha, parents: [], message: "", files }],
  });
  const readings = await readVersions([{ kind: "npm", file, former: [] }], { files: git, commit: sha });
  return readings.map(
    ({ file: name, place, found }) => `${name} ${place}: ${found.kind === "value" ? found.text : found.kind}`,
  );
}
