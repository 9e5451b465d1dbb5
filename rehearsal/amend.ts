import { spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Complaint } from "./complaint.ts";

/** Changes of one commit, by path: from the text of the file (empty where there is none) to the new one. */
export type Edits = Record<string, (text: string) => string>;

/** Puts one more commit on a branch of a bare repository and returns its id. An edit that changes nothing is an error. */
export function amend(gitDir: string, branch: string, { message, edits }: { message: string; edits: Edits }): string {
  const index = join(mkdtempSync(join(tmpdir(), "amend-")), "index");
  const git = (args: string[], input?: string) => run(gitDir, index, args, input);
  git(["read-tree", branch]);
  for (const [path, edit] of Object.entries(edits)) {
    const before = git(["ls-tree", branch, path]) === "" ? "" : git(["cat-file", "blob", `${branch}:${path}`]);
    const after = edit(before);
    if (after === before)
      throw new Complaint(`expected the fault to change ${path}, found it unchanged`, "Correct the fault.");
    const mode = git(["ls-tree", branch, path]).slice(0, 6) || "100644";
    git([
      "update-index",
      "--add",
      "--cacheinfo",
      `${mode},${git(["hash-object", "-w", "--stdin"], after).trim()},${path}`,
    ]);
  }
  const tree = git(["write-tree"]).trim();
  const commit = git(["commit-tree", tree, "-p", branch, "-m", message]).trim();
  git(["update-ref", `refs/heads/${branch}`, commit]);
  return commit;
}

function run(gitDir: string, index: string, args: string[], input = ""): string {
  const when = "2026-11-19T10:00:00Z";
  const person = { NAME: "Rehearsal", EMAIL: "rehearsal@example.com", DATE: when };
  const identities = Object.entries(person).flatMap(([key, value]) => [
    [`GIT_AUTHOR_${key}`, value],
    [`GIT_COMMITTER_${key}`, value],
  ]);
  const env = { PATH: process.env.PATH, GIT_INDEX_FILE: index, ...Object.fromEntries(identities) };
  const {
    status: code,
    stdout,
    stderr,
  } = spawnSync("git", ["--git-dir", gitDir, ...args], { input, env, encoding: "utf8" });
  if (code !== 0)
    throw new Complaint(`expected git ${args.join(" ")} to succeed, found: ${stderr}`, "Look at the fault.");
  return stdout;
}
