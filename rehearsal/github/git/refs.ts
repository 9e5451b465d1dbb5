import type { Git } from "./git.ts";

/** A ref with the object it names, and that object's commit when it is an annotated tag. */
export interface Ref {
  readonly ref: string;
  readonly sha: string;
  readonly type: string;
  readonly commit: string;
}

/** Lists refs under a prefix such as `refs/tags/v1`, which need not end at a slash, in git's order. */
export async function listRefs(git: Git, prefix: string): Promise<Ref[]> {
  const folder = prefix.slice(0, prefix.lastIndexOf("/") + 1);
  const format = "%(refname)%00%(objectname)%00%(objecttype)%00%(*objectname)";
  const output = await git.run(["for-each-ref", `--format=${format}`, ...(folder ? [folder] : [])]);
  const lines = output
    .toString("utf8")
    .split("\n")
    .filter((line) => line.startsWith(prefix));
  return lines.map((line) => {
    const [ref = "", sha = "", type = "", peeled = ""] = line.split("\0");
    return { ref, sha, type, commit: peeled || sha };
  });
}

/** Finds one ref by its full name. */
export async function findRef(git: Git, name: string): Promise<Ref | undefined> {
  return (await listRefs(git, name)).find((one) => one.ref === name);
}

/** Gives the branch that HEAD names, which is the default branch. */
export async function defaultBranch(git: Git): Promise<string> {
  const head = await git.run(["symbolic-ref", "HEAD"]);
  return head
    .toString("utf8")
    .trim()
    .replace(/^refs\/heads\//, "");
}
