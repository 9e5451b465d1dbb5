import { glob, lstat, readFile } from "node:fs/promises";
import { join, sep } from "node:path";
import { runGit } from "#src/adapters/git-command";
import { Failure } from "#src/domain/failure";
import { fullSha } from "#src/domain/release";
import type { BuiltFiles, CheckoutCommits, FoundFile } from "#src/ports/built-files";

/** The checkout in a folder of this machine. */
export function workspaceFiles(folder: string): BuiltFiles {
  return {
    matching: (pattern) => findFiles(folder, pattern),
    commits: (tag) => readCommits(folder, tag),
  };
}

async function findFiles(folder: string, pattern: string): Promise<FoundFile[]> {
  const paths: string[] = [];
  for await (const path of glob(pattern, { cwd: folder })) paths.push(path);
  const found = await Promise.all(paths.sort().map((path) => readFound(folder, path)));
  return found.filter((file) => file !== undefined);
}

async function readFound(folder: string, path: string): Promise<FoundFile | undefined> {
  const place = join(folder, path);
  const { mode, ...entry } = await lstat(place).then((stats) => ({
    mode: (stats.mode & 0o777).toString(8).padStart(3, "0"),
    folder: stats.isDirectory(),
    regular: stats.isFile(),
  }));
  if (entry.folder) return undefined;
  const bytes = entry.regular ? await readFile(place) : new Uint8Array();
  return { path: path.split(sep).join("/"), regular: entry.regular, mode, bytes };
}

async function readCommits(folder: string, tag: string): Promise<CheckoutCommits> {
  const head = await commitOf(folder, "HEAD");
  if (head) return { head, tagged: await commitOf(folder, `refs/tags/${tag}`) };
  throw new Failure({
    kind: "input",
    code: "build.sha-mismatch",
    message: "expected a checkout of the repository in the workspace, found none",
    hint: "Check out the tag in the build job before this step.",
  });
}

/** Containers often run as another user than the one who owns the checkout; reading an id of it is harmless. */
async function commitOf(folder: string, name: string): Promise<string | undefined> {
  const args = ["-c", "safe.directory=*", "rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`];
  const answer = await runGit({ args, directory: folder });
  if (answer.ok) {
    const id = answer.output.toString("utf8").trim().split("\n").at(-1) ?? "";
    return fullSha.test(id) ? id : undefined;
  }
  if (!answer.missing) return undefined;
  throw new Failure({
    kind: "input",
    code: "all.tool-missing",
    message: "expected git on PATH, found none",
    hint: "Install git in the job before this step.",
  });
}
