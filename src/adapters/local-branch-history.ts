import { type GitTrouble, settingVariables, startGit } from "#src/adapters/git-command";
import { credentialSettings } from "#src/adapters/git-remote";
import type { LocalRepository } from "#src/adapters/local-git";
import { Failure } from "#src/domain/failure";
import type { BranchHistory, Divergence, Relation, StrayCommit } from "#src/ports/branch-history";

const mostStrays = 100;

/** Calls git in the checkout and tells how it ended together with what it wrote, since some codes are answers. */
type Ask = (...args: string[]) => Promise<{ output: string; trouble: GitTrouble }>;

/** Compares commits by the git of the checkout, which costs no API request and has no limit on their number. */
export function localBranchHistory(repository: LocalRepository): BranchHistory {
  const directory = repository.workspace;
  const variables = settingVariables([["safe.directory", directory], ...credentialSettings(repository)]);
  const ask: Ask = async (...args) => {
    const { output, ended } = startGit({ args, directory, variables });
    const pieces: Buffer[] = [];
    for await (const piece of output) pieces.push(Buffer.from(piece));
    return { output: Buffer.concat(pieces).toString("utf8"), trouble: await ended };
  };
  return {
    relate: (source, target) => relate(ask, source, target),
    diverge: (source, target) => diverge(ask, source, target),
  };
}

async function relate(ask: Ask, source: string, target: string): Promise<Relation | "unknown"> {
  const merge = await ask("merge-base", source, target);
  if (merge.trouble && merge.trouble.exit !== 1) return "unknown";
  const counts = await ask("rev-list", "--count", "--left-right", `${source}...${target}`, "--");
  const [, ahead, behind] = /^(\d+)\t(\d+)$/.exec(counts.output.trim()) ?? [];
  if (counts.trouble || ahead === undefined || behind === undefined) return "unknown";
  return { base: merge.output.trim() || null, ahead: Number(ahead), behind: Number(behind) };
}

async function diverge(ask: Ask, source: string, target: string): Promise<Divergence> {
  const [strays, conflicts] = await Promise.all([findStrays(ask, source, target), tryMerge(ask, source, target)]);
  return { strays, conflicts };
}

/** A squash keeps the content and drops the history: one parent, and the very tree of a commit that it stands for. */
async function findStrays(ask: Ask, source: string, target: string): Promise<StrayCommit[]> {
  const [own, foreign] = await Promise.all([
    ask("log", "--no-show-signature", "--format=%T %H", source, `^${target}`, "--"),
    ask(
      "log",
      "-z",
      "--no-show-signature",
      `--max-count=${mostStrays}`,
      "--format=%H%n%T%n%P%n%s",
      target,
      `^${source}`,
      "--",
    ),
  ]);
  if (own.trouble || foreign.trouble) throw unreadable(own.trouble ?? foreign.trouble);
  const twins = new Map(own.output.split("\n").filter(Boolean).reverse().map(pairOf));
  return foreign.output
    .split("\0")
    .filter(Boolean)
    .map((record) => {
      const [sha = "", tree = "", parents = "", ...subject] = record.split("\n");
      const twin = parents.includes(" ") ? undefined : twins.get(tree);
      return { sha, subject: subject.join(" ").trim(), twin };
    });
}

function pairOf(line: string): [tree: string, sha: string] {
  const [tree = "", sha = ""] = line.split(" ");
  return [tree, sha];
}

/** Merges in memory (git-merge-tree, 2.38 and later): exit code 1 says that there are conflicts, and lists their paths. */
async function tryMerge(ask: Ask, source: string, target: string): Promise<Divergence["conflicts"]> {
  const { output, trouble } = await ask(
    "merge-tree",
    "--write-tree",
    "-z",
    "--name-only",
    "--no-messages",
    target,
    source,
  );
  if (!trouble) return [];
  if (trouble.exit !== 1) return "unknown";
  const [, ...paths] = output.split("\0").filter(Boolean);
  return paths.length > 0 ? paths : "unknown";
}

function unreadable(trouble: GitTrouble): Failure {
  return new Failure({
    kind: "input",
    code: trouble?.missing ? "all.tool-missing" : "promote.history-truncated",
    message: `expected git to list the commits of both branches, found: ${trouble?.because}`,
    hint: "Check the branch out before this step, with `fetch-depth: 0` (and `filter: tree:0`, which keeps it fast).",
  });
}
