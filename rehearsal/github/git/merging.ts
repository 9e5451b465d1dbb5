import type { Git } from "./git.ts";
import { writeCommit } from "./writing.ts";

/** Two commits that are to be joined, and the account that joins them. */
export interface Joining {
  readonly base: string;
  readonly head: string;
  readonly message: string;
  readonly author: string;
  readonly date: string;
  readonly squash: boolean;
}

/** Merges two commits without a working tree and gives the merged tree; undefined where they conflict. */
export async function mergedTree(git: Git, base: string, head: string): Promise<string | undefined> {
  return (await git.find(["merge-tree", "--write-tree", "--no-messages", base, head]))?.split("\n")[0];
}

/** Writes the commit that joins two: a merge with both as parents, or a squash on the base alone. No ref moves. */
export async function joinCommits(git: Git, { base, head, message, author, date, squash }: Joining): Promise<string> {
  const tree = await mergedTree(git, base, head);
  if (tree === undefined) throw new Error(`expected ${head} to merge into ${base}, found conflicts`);
  const person = { name: author, email: `${author}@users.noreply.github.com`, date };
  return writeCommit(git, {
    tree,
    parents: squash ? [base] : [base, head],
    author: person,
    committer: person,
    message,
  });
}
