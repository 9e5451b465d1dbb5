import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { RunnerEnvironment } from "#src/adapters/environment";
import type { GitAnswer } from "#src/adapters/git-command";
import { askRemote, remoteAddress } from "#src/adapters/git-remote";
import type { ClientTrouble } from "#src/ports/package-install";
import { copyFolder, type RepositoryCopy } from "#src/ports/repository-copy";

/** Clones from the server that the run belongs to; an empty token asks without credentials. Throws `all.tool-missing`. */
export function gitRepositoryCopy(
  { serverUrl, repository }: Pick<RunnerEnvironment, "serverUrl" | "repository">,
  token: string,
): RepositoryCopy {
  return {
    async clone(ref, { root, directory }) {
      const folder = join(directory, copyFolder);
      // What an earlier try left half-done is no clone.
      await rm(folder, { recursive: true, force: true });
      await mkdir(folder);
      const remote = { serverUrl, repository, token, temp: root };
      const ask = (...args: string[]) => askRemote(remote, args, folder);
      const steps = [
        ["init", "--quiet"],
        ["fetch", "--quiet", "--depth=1", "--no-tags", remoteAddress(remote), ref],
        ["checkout", "--quiet", "--detach", "FETCH_HEAD"],
      ];
      for (const step of steps) {
        const answer = await ask(...step);
        if (!answer.ok) return troubleOf(answer);
      }
      const head = await ask("rev-parse", "HEAD");
      return head.ok ? { head: head.output.toString("utf8").trim() } : troubleOf(head);
    },
  };
}

function troubleOf({ exit, because }: Extract<GitAnswer, { ok: false }>): ClientTrouble {
  return { trouble: { ended: exit === null ? "stopped before its end" : `exit code ${exit}`, said: because } };
}
