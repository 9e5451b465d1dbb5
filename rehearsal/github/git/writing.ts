import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Git } from "./git.ts";
import type { Person } from "./objects.ts";

/** A commit to be written. */
export interface NewCommit {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Person;
  readonly committer: Person;
  readonly message: string;
  /** A signature, or what makes one of the commit as it is without. */
  readonly signature?: string | ((payload: Buffer) => string) | undefined;
}

/** An annotated tag to be written. */
export interface NewTag {
  readonly tag: string;
  readonly object: string;
  readonly type: string;
  readonly tagger: Person;
  readonly message: string;
}

/** One change to a tree; a null id removes the path. */
export interface TreeEntry {
  readonly path: string;
  readonly mode: string;
  readonly sha: string | null;
}

/** The value of a ref that does not exist, in git's compare-and-swap. */
export const ABSENT = "0".repeat(40);

/** Writes bytes as a blob and gives its id. */
export function writeBlob(git: Git, content: Buffer): Promise<string> {
  return hash(git, "blob", content);
}

/** Writes a commit object and gives its id; no ref moves. */
export function writeCommit(git: Git, commit: NewCommit): Promise<string> {
  const lines = [
    `tree ${commit.tree}`,
    ...commit.parents.map((parent) => `parent ${parent}`),
    `author ${person(commit.author)}`,
    `committer ${person(commit.committer)}`,
  ];
  const whole = () => Buffer.from(`${lines.join("\n")}\n\n${commit.message}`);
  const signature = typeof commit.signature === "function" ? commit.signature(whole()) : commit.signature;
  if (signature) lines.push(`gpgsig ${signature.trimEnd().replaceAll("\n", "\n ")}`);
  return hash(git, "commit", whole());
}

/** Writes an annotated tag object and gives its id; no ref is made. */
export function writeTag(git: Git, tag: NewTag): Promise<string> {
  const lines = [`object ${tag.object}`, `type ${tag.type}`, `tag ${tag.tag}`, `tagger ${person(tag.tagger)}`];
  return hash(git, "tag", Buffer.from(`${lines.join("\n")}\n\n${tag.message}`));
}

/** Writes a tree made from a base tree and changes, through an index of its own, and gives its id. */
export async function writeTree(git: Git, base: string | undefined, entries: readonly TreeEntry[]): Promise<string> {
  const scratch = await mkdtemp(join(tmpdir(), "seaworthy-index-"));
  const env = { GIT_INDEX_FILE: join(scratch, "index") };
  try {
    await git.run(base ? ["read-tree", base] : ["read-tree", "--empty"], { env });
    const lines = entries.map(({ path, mode, sha }) => (sha ? `${mode} ${sha}\t${path}` : `0 ${ABSENT}\t${path}`));
    await git.run(["update-index", "-z", "--index-info"], { env, input: lines.map((line) => `${line}\0`).join("") });
    return (await git.run(["write-tree"], { env })).toString("utf8").trim();
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Moves a ref only if it still has the expected value (ABSENT creates it); false when it has not. */
export async function swapRef(git: Git, ref: string, change: { from: string; to: string }): Promise<boolean> {
  const args = change.to === ABSENT ? ["-d", ref, change.from] : [ref, change.to, change.from];
  return (await git.find(["update-ref", ...args])) !== undefined;
}

async function hash(git: Git, type: string, content: Buffer): Promise<string> {
  const output = await git.run(["hash-object", "-t", type, "-w", "--stdin"], { input: content });
  return output.toString("utf8").trim();
}

function person({ name, email, date }: Person): string {
  return `${name} <${email}> ${Math.floor(Date.parse(date) / 1000)} +0000`;
}
