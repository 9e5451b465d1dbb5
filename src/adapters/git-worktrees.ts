import { mkdtemp, readFile, realpath, rm, stat } from "node:fs/promises";
import { arch, cpus, platform, release, totalmem } from "node:os";
import { join } from "node:path";
import { runGit } from "#src/adapters/git-command";
import { fullSha } from "#src/domain/release";
import type { Worktree, Worktrees } from "#src/ports/worktrees";

const largestResult = 16 * 1024 * 1024;
/** A checkout may belong to another user; no hook of the machine has a say in a worktree. */
const settings = ["-c", "safe.directory=*", "-c", "core.hooksPath=/dev/null"];

/** Worktrees of the repository in a folder, under the runner's temporary folder. */
export function gitWorktrees({ workspace, temp }: { workspace: string; temp: string }): Worktrees {
  const git = (...args: string[]) => runGit({ args: [...settings, ...args], directory: workspace });
  return {
    async commitOf(tag) {
      const answer = await git("rev-parse", "--verify", "--quiet", "--end-of-options", `refs/tags/${tag}^{commit}`);
      const id = answer.ok ? answer.output.toString("utf8").trim() : "";
      return fullSha.test(id) ? id : undefined;
    },
    async open(commit) {
      const root = await realpath(await mkdtemp(join(temp, "seaworthy-worktree-")));
      const directory = join(root, "tree");
      const answer = await git("worktree", "add", "--detach", "--quiet", directory, commit);
      if (answer.ok) {
        const remove = () => git("worktree", "remove", "--force", directory);
        return worktree(root, remove);
      }
      await rm(root, { recursive: true, force: true });
      return { broken: answer.because };
    },
    host: () => {
      const [first] = cpus();
      const memory = Math.round(totalmem() / 2 ** 30);
      return `${platform()} ${release()} ${arch()}, ${cpus().length} x ${first?.model.trim() ?? "unknown"}, ${memory} GiB`;
    },
  };
}

function worktree(root: string, remove: () => Promise<unknown>): Worktree {
  const results = join(root, "results.json");
  return {
    directory: join(root, "tree"),
    results,
    async takeResults() {
      const found = await stat(results).catch(() => undefined);
      const bytes = found?.isFile() && found.size <= largestResult ? await readFile(results) : undefined;
      await rm(results, { recursive: true, force: true });
      return bytes;
    },
    async close() {
      await remove();
      await rm(root, { recursive: true, force: true });
    },
  };
}
