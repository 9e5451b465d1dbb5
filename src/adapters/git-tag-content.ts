import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { runGit } from "#src/adapters/git-command";
import { askRemote, type Remote, remoteAddress, seekTag } from "#src/adapters/git-remote";
import { hexDigest } from "#src/domain/digest";
import { fullSha } from "#src/domain/release";
import type { TagContent, TreeSighting } from "#src/ports/tag-content";

/** Reads revisions from the remote into fresh bare repositories, which are removed afterwards. */
export function gitTagContent(remote: Remote): TagContent {
  return { look: (revision, paths) => lookAt(remote, revision, paths) };
}

const tagPrefix = "refs/tags/";

async function lookAt(remote: Remote, revision: string, paths: string[]): Promise<TreeSighting> {
  if (revision.startsWith(tagPrefix)) {
    const seen = await seekTag(remote, revision.slice(tagPrefix.length));
    if (seen === "absent") return { seen: "absent" };
    if ("unknown" in seen) return { seen: "unknown", because: seen.unknown };
    if (paths.length === 0) return { seen: "served", commit: seen.commit, digests: new Map() };
  }
  const folder = await mkdtemp(join(remote.temp, "seaworthy-tree-"));
  try {
    return await readTree(remote, { folder, revision, paths });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readTree(
  remote: Remote,
  { folder, revision, paths }: { folder: string; revision: string; paths: string[] },
): Promise<TreeSighting> {
  const made = await runGit({ args: ["init", "--quiet", "--bare", "--template="], directory: folder });
  if (!made.ok) return { seen: "unknown", because: made.because };
  const fetchOne = ["fetch", "--quiet", "--depth=1", "--no-tags", remoteAddress(remote), revision];
  const fetched = await askRemote(remote, fetchOne, folder);
  if (!fetched.ok) return { seen: "unknown", because: fetched.because };
  const head = await runGit({ args: ["rev-parse", "--verify", "FETCH_HEAD^{commit}"], directory: folder });
  const commit = head.ok ? head.output.toString("utf8").trim() : "";
  if (!fullSha.test(commit))
    return { seen: "unknown", because: `expected ${revision} to be a commit, found another object` };
  return { seen: "served", commit, digests: await digestFiles(folder, commit, paths) };
}

/** Digests the stored bytes of files, which no checkout filter or line-ending rule has touched. */
async function digestFiles(folder: string, commit: string, paths: string[]): Promise<Map<string, string>> {
  const digests = new Map<string, string>();
  for (const path of paths) {
    const blob = await runGit({ args: ["cat-file", "blob", `${commit}:${path}`], directory: folder });
    if (blob.ok) digests.set(path, hexDigest("sha256", blob.output));
  }
  return digests;
}
