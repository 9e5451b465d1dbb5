import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { releaseBefore } from "./release-before.ts";

describe("the release before", () => {
  it.each([
    ["is the highest stable version", ["v0.9.0", "v0.10.0"], "v0.10.0"],
    ["is no pre-release", ["v1.0.0", "v1.1.0-rc.1"], "v1.0.0"],
    ["is no tag of another form", ["v1.0.0", "zz-nightly", "2.0.0"], "v1.0.0"],
    ["is none where no tag fits", ["nightly"], undefined],
  ])("%s", async (_rule, tags, expected) => {
    expect(await releaseBefore(aRepository(tags, []), undefined)).toBe(expected);
  });

  it("is not the one that the commit itself carries already", async () => {
    expect(await releaseBefore(aRepository(["v1.0.0"], ["v1.1.0"]), undefined)).toBe("v1.0.0");
  });
});

/** A repository of two commits, with tags on the first and on the last. */
function aRepository(first: string[], last: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), "before-"));
  const git = (...args: string[]) =>
    execFileSync("git", ["-C", folder, "-c", "user.name=A", "-c", "user.email=a@example.com", ...args]);
  git("init", "--quiet");
  git("commit", "--quiet", "--allow-empty", "-m", "first");
  for (const tag of first) git("tag", tag);
  git("commit", "--quiet", "--allow-empty", "-m", "last");
  for (const tag of last) git("tag", tag);
  return folder;
}
