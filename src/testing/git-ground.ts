import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const identity = {
  GIT_AUTHOR_NAME: "Ada",
  GIT_AUTHOR_EMAIL: "ada@example.org",
  GIT_COMMITTER_NAME: "Ada",
  GIT_COMMITTER_EMAIL: "ada@example.org",
  GIT_AUTHOR_DATE: "2026-01-01T00:00:00Z",
  GIT_COMMITTER_DATE: "2026-01-01T00:00:00Z",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_NOSYSTEM: "1",
};

/** Real git in a folder of its own: a bare repository at `<root>/octo/tide.git`, and a clone of it at `work`. */
export interface GitGround {
  root: string;
  /** Address that stands for the server's. */
  serverUrl: string;
  work: string;
  /** Runs git in a folder (the clone where not told) and gives its output back. */
  git(args: string[], options?: { in?: string; input?: string }): string;
  /** Writes files into the clone and commits them; gives the commit's id back. */
  commit(message: string, files?: Record<string, string>): string;
  remove(): void;
}

/** Makes the ground; whoever makes it removes it. */
export function gitGround(): GitGround {
  const root = mkdtempSync(join(tmpdir(), "seaworthy-git-"));
  const bare = join(root, "octo", "tide.git");
  const work = join(root, "work");
  const git: GitGround["git"] = (args, { in: directory = work, input } = {}) =>
    execFileSync("git", args, {
      cwd: directory,
      env: { ...process.env, ...identity },
      encoding: "utf8",
      stdio: ["pipe", "pipe", "pipe"],
      ...(input === undefined ? {} : { input }),
    }).trim();
  git(["init", "--quiet", "--bare", "--initial-branch=main", bare], { in: root });
  git(["clone", "--quiet", bare, work], { in: root });
  return {
    root,
    serverUrl: `file://${root}`,
    work,
    git,
    commit: (message, files = {}) => {
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(work, path)), { recursive: true });
        writeFileSync(join(work, path), text);
      }
      git(["add", "--all"]);
      git(["commit", "--quiet", "--allow-empty", "--file=-"], { input: message });
      return git(["rev-parse", "HEAD"]);
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
