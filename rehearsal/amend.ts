import { Complaint } from "./complaint.ts";
import { openGit } from "./github/git/git.ts";
import { swapRef, writeBlob, writeCommit, writeTree } from "./github/git/writing.ts";
import type { SshKey } from "./ssh-signature.ts";

/** Changes of one commit, by path: from the text of the file (empty where there is none) and the commit before to the new text. */
export type Edits = Record<string, (text: string, parent: string) => string>;

const person = { name: "Rehearsal", email: "rehearsal@example.com", date: "2026-11-19T10:00:00Z" };

/** Puts one more commit on a branch of a bare repository and returns its id. An edit that changes nothing is an error. */
export async function amend(
  gitDir: string,
  branch: string,
  { message, edits, key }: { message: string; edits: Edits; key?: SshKey | undefined },
): Promise<string> {
  const git = openGit(gitDir);
  const ask = async (...args: string[]) => (await git.run(args)).toString("utf8");
  const parent = (await ask("rev-parse", branch)).trim();
  const entries = [];
  for (const [path, edit] of Object.entries(edits)) {
    const [mode, , blob] = (await ask("ls-tree", parent, path)).split(/\s/);
    const before = blob ? await ask("cat-file", "blob", blob) : "";
    const after = edit(before, parent);
    if (after === before)
      throw new Complaint(`expected the fault to change ${path}, found it unchanged`, "Correct the fault.");
    entries.push({ path, mode: mode || "100644", sha: await writeBlob(git, Buffer.from(after)) });
  }
  const tree = await writeTree(git, parent, entries);
  const commit = await writeCommit(git, {
    ...{ tree, parents: [parent], author: person, committer: person, message: `${message}\n` },
    signature: key?.sign,
  });
  if (!(await swapRef(git, `refs/heads/${branch}`, { from: parent, to: commit })))
    throw new Complaint(`expected ${branch} to stand on ${parent}, found it moved`, "Run it again.");
  return commit;
}
