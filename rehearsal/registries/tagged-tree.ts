import { execFile } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Writes the tree of a tag of a git repository (bare or not) into a folder below the scratch folder, and names it. */
export async function extractTag(scratch: string, repository: string, tag: string): Promise<string> {
  const tree = join(scratch, "tree");
  await mkdir(tree);
  await run("git", ["-C", repository, "archive", `--output=${join(scratch, "tree.tar")}`, `${tag}^{commit}`]);
  await run("tar", ["-xf", join(scratch, "tree.tar"), "-C", tree]);
  return tree;
}
