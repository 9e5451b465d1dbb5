import { lstat, readFile } from "node:fs/promises";
import { join } from "node:path";
import { runGit } from "#src/adapters/git-command";
import { pathsMatching } from "#src/adapters/matching-paths";
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
  const paths = await pathsMatching(folder, pattern);
  return Promise.all(paths.map((path) => readFound(folder, path)));
}

async function readFound(folder: string, path: string): Promise<FoundFile> {
  const place = join(folder, path);
  const entry = await lstat(place);
  const regular = entry.isFile();
  const mode = (entry.mode & 0o777).toString(8).padStart(3, "0");
  return { path, regular, mode, bytes: regular ? await readFile(place) : new Uint8Array() };
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
