import { describe, expect, it } from "vitest";
import type { VersionSource } from "#src/contract/config/version-sources";
import { aSha } from "#src/testing/builders";
import { fakeLocalGit } from "#src/testing/fake-local-git";
import { findBumpCommit, judgeBumpCommit } from "./bump-commit.ts";

const npm: VersionSource[] = [{ kind: "npm", file: "package.json", former: [] }];
const manifest = (version: string, extra = "") => ({ "package.json": JSON.stringify({ version, extra }) });

describe("the commit that set the version", () => {
  it("TAG-05: is the oldest of the newest changes of its file that all declare it", async () => {
    const files = [manifest("1.0.0"), manifest("1.1.0"), manifest("1.1.0", "a"), manifest("1.1.0", "b")];
    expect(await find(files)).toEqual({ head: aSha("4"), at: aSha("2") });
  });

  it("TAG-05: is the later one where the version was left and taken again", async () => {
    const files = [manifest("1.1.0"), manifest("1.2.0"), manifest("1.1.0")];
    expect(await find(files)).toEqual({ head: aSha("3"), at: aSha("3") });
  });

  it("TAG-05: is the first of all where nothing went before", async () => {
    expect(await find([manifest("1.1.0"), manifest("1.1.0", "a")])).toEqual({ head: aSha("2"), at: aSha("1") });
  });

  it("TAG-05: is nobody's where no file declares the version, and blocks", async () => {
    const found = await find([manifest("1.1.0")], [{ kind: "go", module: "go.mod", former: [] }]);
    expect(judgeBumpCommit(found)).toMatchObject([{ result: "fail", code: "tag.version-mismatch" }]);
  });

  it("TAG-05: is not known where the history goes out of reach before it, and blocks", async () => {
    const found = { head: aSha(), lost: "out-of-reach" } as const;
    expect(judgeBumpCommit(found)).toMatchObject([{ result: "inconclusive", code: "plan.history-unreadable" }]);
  });

  it("TAG-05: is not asked for where the head is the target", () => {
    expect(judgeBumpCommit(undefined)).toEqual([]);
  });
});

function find(files: Record<string, string>[], sources = npm) {
  const commits = files.map((held, index) => {
    const parents = index === 0 ? [] : [aSha(String(index))];
    return { sha: aSha(String(index + 1)), parents, message: "feat: tide", files: held };
  });
  const head = aSha(String(files.length));
  return findBumpCommit(sources, head, fakeLocalGit({ commits, checkout: { head, shallow: false, dirty: [] } }));
}
