import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { runGit } from "#src/adapters/git-command";
import { askRemote, type Remote, remoteAddress } from "#src/adapters/git-remote";
import type { FormulaSighting, FormulaSource } from "#src/ports/formula-source";

/** Reads formulae as `brew` does, by git from the default branch; each look fetches anew into a folder that is removed. */
export function gitFormulaSource(remote: Remote): FormulaSource {
  return {
    async read(tap, path) {
      const folder = await mkdtemp(join(remote.temp, "seaworthy-tap-"));
      try {
        return await readIn(folder, { ...remote, repository: tap ?? remote.repository }, path);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

async function readIn(folder: string, remote: Remote, path: string): Promise<FormulaSighting> {
  const made = await runGit({ args: ["init", "--quiet", "--bare", "--template="], directory: folder });
  if (!made.ok) return { seen: "unknown", because: made.because };
  const fetchHead = ["fetch", "--quiet", "--depth=1", "--no-tags", remoteAddress(remote), "HEAD"];
  const fetched = await askRemote(remote, fetchHead, folder);
  if (!fetched.ok) return { seen: "unknown", because: `${remote.repository}: ${fetched.because}` };
  const head = await runGit({ args: ["rev-parse", "--verify", "FETCH_HEAD^{commit}"], directory: folder });
  if (!head.ok) return { seen: "unknown", because: head.because };
  const commit = head.output.toString("utf8").trim();
  const listed = await runGit({ args: ["ls-tree", "-z", commit, "--", path], directory: folder });
  if (!listed.ok) return { seen: "unknown", because: listed.because };
  const [, blob] = /^100\d{3} blob ([0-9a-f]+)\t/.exec(listed.output.toString("utf8")) ?? [];
  if (blob === undefined) return { seen: "absent", because: `no file ${path} in ${remote.repository} at ${commit}` };
  const content = await runGit({ args: ["cat-file", "blob", blob], directory: folder });
  if (!content.ok) return { seen: "unknown", because: content.because };
  return { seen: "served", commit, text: content.output.toString("utf8") };
}
