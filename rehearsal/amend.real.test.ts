import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { amend } from "./amend.ts";
import { aGitHub, type Fixture } from "./github/testing.ts";

let at: Fixture;

beforeEach(async () => {
  at = await aGitHub();
});
afterEach(() => at.close());

describe("a fault's edits", () => {
  it("become one commit on the branch: changed files keep their mode, new ones are plain, all others stay", async () => {
    writeFileSync(join(at.work, "run.sh"), "echo one\n");
    chmodSync(join(at.work, "run.sh"), 0o755);
    await at.git("add", "run.sh");
    await at.git("commit", "-qm", "Add a script");
    await at.git("push", "-q", at.gitDir, "main");
    const edits = { "run.sh": (text: string) => text.replace("one", "two"), "new.txt": (text: string) => `${text}new` };
    const commit = await amend(at.gitDir, "main", { message: "chore: break", edits });
    await at.git("fetch", "-q", at.gitDir, "main");
    expect(await at.git("rev-parse", "FETCH_HEAD", "FETCH_HEAD^")).toBe(
      `${commit}\n${await at.git("rev-parse", "main")}`,
    );
    expect(await at.git("log", "-1", "--format=%s by %an", "FETCH_HEAD")).toBe("chore: break by Rehearsal");
    expect(await at.git("diff", "--name-only", "main", "FETCH_HEAD")).toBe("new.txt\nrun.sh");
    const listed = await at.git("ls-tree", "FETCH_HEAD", "new.txt", "run.sh");
    expect(listed.replaceAll(/ blob \w+/g, "")).toBe("100644\tnew.txt\n100755\trun.sh");
    expect(await at.git("show", "FETCH_HEAD:run.sh")).toBe("echo two");
  });

  it("that change nothing are refused, and the branch stays", async () => {
    const edits = { "README.md": (text: string) => text };
    await expect(amend(at.gitDir, "main", { message: "m", edits })).rejects.toThrow("to change README.md");
    expect((await at.github.snapshot()).refs["refs/heads/main"]).toBe(at.head);
  });
});
