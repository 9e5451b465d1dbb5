import { StringDecoder } from "node:string_decoder";
import { readManyAt } from "#src/adapters/git-batch";
import { type GitAnswer, type GitCall, runGit, settingVariables, startGit } from "#src/adapters/git-command";
import { credentialSettings } from "#src/adapters/git-remote";
import type { Code } from "#src/domain/catalogue";
import { Failure } from "#src/domain/failure";
import { fullSha } from "#src/domain/release";
import type { Checkout, CheckoutFacts } from "#src/ports/checkout";
import type { Commit, GitHistory } from "#src/ports/git-history";
import type { ProjectFiles } from "#src/ports/project-files";

/** A checkout on this machine; server and token are for what a partial clone left out, if anything is asked of that. */
export interface LocalRepository {
  workspace: string;
  serverUrl: string;
  token: string;
}

type Ask = (...args: string[]) => Promise<GitAnswer>;

/** Opens the checkout: what it is like, its history, and its files as commits hold them. Git's own locks are left alone. */
export function localGit(repository: LocalRepository): Checkout & GitHistory & ProjectFiles {
  const directory = repository.workspace;
  const variables = settingVariables([["safe.directory", directory], ...credentialSettings(repository)]);
  const ask: Ask = (...args) => runGit({ args, directory, variables });
  return {
    look: () => look(ask, directory),
    commitsSince: (base, tip) =>
      streamCommits({ directory, variables, args: [...logArguments, ...(base ? [`^${base}`] : []), tip, "--"] }),
    isAncestor: async (older, newer) => ancestry(await ask("merge-base", "--is-ancestor", older, newer)),
    firstParent: async (commit) => parentIn(await ask("cat-file", "commit", commit)),
    changesOf: (paths, { base, tip }) =>
      streamIds({
        directory,
        variables,
        args: [...chainArguments, ...(base ? [`^${base}`] : []), tip, "--", ...literal(paths)],
      }),
    changedPaths: (base, tip) =>
      streamRecords({
        directory,
        variables,
        args: base ? [...diffArguments, base, tip, "--"] : [...treeArguments, tip],
      }),
    tips: async (sha) => ({ all: await refTips(ask), containing: await tipsContaining(ask, sha) }),
    read: (path, commit) => readAt(ask, path, commit),
    readMany: (wanted) => readManyAt({ directory, variables }, wanted),
    list: (commit) => listAt(ask, commit),
  };
}

/** Children come before their parents, so that a revert is met before what it reverts. */
const logArguments = ["log", "-z", "--topo-order", "--no-show-signature", "--encoding=UTF-8", "--format=%H%n%P%n%B"];

async function look(ask: Ask, directory: string): Promise<CheckoutFacts> {
  const [place, state] = await Promise.all([
    ask("rev-parse", "--is-shallow-repository", "--verify", "HEAD^{commit}"),
    ask("status", "--porcelain=v1", "-z", "--untracked-files=all", "--no-renames"),
  ]);
  if (!place.ok) throw unanswered("plan.checkout-missing", `a commit checked out in ${directory}`, place);
  const [shallow, head = ""] = linesOf(place.output);
  if (!state.ok) throw unanswered("plan.checkout-missing", `the state of the working tree in ${directory}`, state);
  const dirty = state.output.toString("utf8").split("\0").filter(Boolean);
  return { head, shallow: shallow !== "false", dirty: dirty.map((entry) => entry.slice(3)) };
}

/** One comparison of two trees; renames are not sought, as that would read every file. */
const diffArguments = ["diff-tree", "-r", "-z", "--no-renames", "--name-only"];

const treeArguments = ["ls-tree", "-r", "-z", "--full-tree", "--name-only"];

const chainArguments = ["log", "-z", "--no-show-signature", "--no-patch", "--first-parent", "--format=%H"];

const strange = { ok: false as const, missing: false, exit: 0, because: "another text than a commit's id" };

const literal = (paths: string[]) => paths.map((path) => `:(top,literal)${path}`);

async function* streamIds(call: GitCall): AsyncGenerator<string> {
  for await (const record of streamRecords(call)) {
    if (!fullSha.test(record)) throw unanswered("plan.history-unreadable", "ids of commits", strange);
    yield record;
  }
}

async function* streamCommits(call: GitCall): AsyncGenerator<Commit> {
  for await (const record of streamRecords(call)) yield readRecord(record);
}

/** Reads one record at a time: each ends with a NUL, which no message can hold. */
async function* streamRecords(call: GitCall): AsyncGenerator<string> {
  const { output, ended } = startGit({ ...call, timeout: 600_000 });
  const decoder = new StringDecoder("utf8");
  let rest = "";
  for await (const piece of output) {
    const records = (rest + decoder.write(piece)).split("\0");
    rest = records.pop() ?? "";
    yield* records;
  }
  if (rest !== "") yield rest + decoder.end();
  const trouble = await ended;
  if (trouble) throw unanswered("plan.history-unreadable", "what changed since the base", trouble);
}

function readRecord(record: string): Commit {
  const [sha = "", parents = "", ...message] = record.split("\n");
  return { sha, parents: parents.split(" ").filter(Boolean), message: message.join("\n").trimEnd() };
}

/** Reads the commit itself, as a shallow clone hides the parents that it does not hold. */
function parentIn(answer: GitAnswer): string | null | "unknown" {
  if (!answer.ok) return "unknown";
  const [head = ""] = answer.output.toString("utf8").split("\n\n", 1);
  return /^parent ([0-9a-f]+)$/m.exec(head)?.[1] ?? null;
}

async function listAt(ask: Ask, commit: string): Promise<string[]> {
  const answer = await ask(...treeArguments, commit);
  if (!answer.ok) throw unanswered("plan.history-unreadable", `the files of commit ${commit}`, answer);
  return answer.output.toString("utf8").split("\0").filter(Boolean);
}

/** Exit code 0 is yes and 1 is no; anything else means that git could not tell. */
function ancestry(answer: GitAnswer): boolean | "unknown" {
  if (answer.ok) return true;
  return answer.exit === 1 ? false : "unknown";
}

/** Tags are asked by their own command, which walks the history once; the other one walks it once for each ref. */
async function tipsContaining(ask: Ask, sha: string): Promise<Set<string>> {
  const branches = ["refs/heads", "refs/remotes", "refs/pull"];
  const [ofBranches, ofTags] = await Promise.all([
    refTips(ask, "for-each-ref", `--contains=${sha}`, ...branches),
    refTips(ask, "tag", `--contains=${sha}`),
  ]);
  return new Set([...ofBranches, ...ofTags]);
}

/** The second name is the commit behind an annotated tag, and empty for all else. */
async function refTips(ask: Ask, command = "for-each-ref", ...filter: string[]): Promise<Set<string>> {
  const answer = await ask(command, "--format=%(objectname) %(*objectname)", ...filter);
  if (!answer.ok) throw unanswered("plan.history-unreadable", "the refs of the checkout", answer);
  return new Set(linesOf(answer.output).flatMap((line) => line.split(" ").filter(Boolean)));
}

async function readAt(ask: Ask, path: string, commit: string): Promise<string | undefined> {
  const entry = await ask("ls-tree", "-z", commit, "--", `:(top,literal)${path}`);
  if (!entry.ok) throw unanswered("plan.history-unreadable", `the entry of ${path} in commit ${commit}`, entry);
  const [, object] = /^100\d{3} blob ([0-9a-f]+)\t/.exec(entry.output.toString("utf8")) ?? [];
  if (object === undefined) return undefined;
  const file = await ask("cat-file", "blob", object);
  if (!file.ok) throw unanswered("plan.history-unreadable", `the bytes of ${path} in commit ${commit}`, file);
  return file.output.toString("utf8");
}

function linesOf(output: Buffer): string[] {
  return output.toString("utf8").split("\n").filter(Boolean);
}

function unanswered(code: Code, what: string, trouble: Extract<GitAnswer, { ok: false }>): Failure {
  return new Failure({
    kind: "input",
    code: trouble.missing ? "all.tool-missing" : code,
    message: `expected git to tell ${what}, found: ${trouble.because}`,
    hint: trouble.missing
      ? "Install git in the job, and check the repository out before this step."
      : "Check the repository out before this step, with `fetch-depth: 0` (and `filter: tree:0`, which keeps it fast).",
  });
}
