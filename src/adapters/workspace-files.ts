import { lstat, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { runGit } from "#src/adapters/git-command";
import { pathsMatching } from "#src/adapters/matching-paths";
import { Failure } from "#src/domain/failure";
import { fullSha } from "#src/domain/release";
import type { BuiltFiles, CheckoutCommits, FoundFile } from "#src/ports/built-files";

/** Node reads no more into one piece of memory. */
const largest = 2 ** 31 - 1;

/** The checkout in a folder of this machine. */
export function workspaceFiles(folder: string): BuiltFiles {
  return {
    matching: (pattern) => findFiles(folder, pattern),
    archive: () => packTree(folder),
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
  if (!regular) return { path, regular, mode, bytes: new Uint8Array() };
  if (entry.size > largest) return { path, regular, mode, bytes: new Uint8Array(), unread: entry.size };
  return { path, regular, mode, bytes: await readFile(place) };
}

/**
 * Packs the tree as Go's client does in a clone of its own: line ends are those of the commit, and the attributes that
 * would leave files out or fill them in are switched off. The checkout's objects are borrowed, and nothing of it is changed.
 */
async function packTree(folder: string): Promise<Uint8Array> {
  const safe = ["-c", "safe.directory=*"];
  const [objects, head] = (await answered([...safe, "rev-parse", "--git-path", "objects", "HEAD"], folder)).split("\n");
  const clone = await mkdtemp(join(tmpdir(), "seaworthy-tree-"));
  try {
    await answered(["init", "--quiet", "--bare", "."], clone);
    await mkdir(join(clone, "info"), { recursive: true });
    await writeFile(join(clone, "info/attributes"), "* -export-subst -export-ignore\n");
    await writeFile(join(clone, "objects/info/alternates"), `${resolve(folder, objects ?? "")}\n`);
    const settings = ["-c", "core.autocrlf=input", "-c", "core.eol=lf"];
    const answer = await runGit({ args: [...settings, "archive", "--format=tar", head ?? "HEAD"], directory: clone });
    if (answer.ok) return answer.output;
    throw answer.missing ? gitMissing() : noCheckout();
  } finally {
    await rm(clone, { recursive: true, force: true });
  }
}

async function answered(args: string[], directory: string): Promise<string> {
  const answer = await runGit({ args, directory });
  if (answer.ok) return answer.output.toString("utf8").trim();
  throw answer.missing ? gitMissing() : noCheckout();
}

async function readCommits(folder: string, tag: string): Promise<CheckoutCommits> {
  const head = await commitOf(folder, "HEAD");
  if (head) return { head, tagged: await commitOf(folder, `refs/tags/${tag}`) };
  throw noCheckout();
}

function noCheckout(): Failure {
  return new Failure({
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
  throw gitMissing();
}

function gitMissing(): Failure {
  return new Failure({
    kind: "input",
    code: "all.tool-missing",
    message: "expected git on PATH, found none",
    hint: "Install git in the job before this step.",
  });
}
