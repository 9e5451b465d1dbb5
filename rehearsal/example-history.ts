import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { glob, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import * as z from "zod";

const commit = z.strictObject({
  /** The whole commit message. */
  message: z.string().min(1),
  date: z.iso.datetime(),
  /** Folder beside `history.json` whose files replace or join the ones so far. */
  earlier: z.string().optional(),
  /** Files, or folders ending in a slash, that have their present content from here on. */
  final: z.array(z.string()).default([]),
  removed: z.array(z.string()).default([]),
  /** An annotated tag on this commit. */
  tag: z.strictObject({ name: z.string(), message: z.string() }).optional(),
  /** Other branches that stand on this commit. */
  branches: z.array(z.string()).default([]),
});

const history = z.strictObject({
  author: z.strictObject({ name: z.string(), email: z.string() }),
  /** Branch of the last commit. The default branch is `main` in any case. */
  branch: z.string().default("main"),
  /** Inputs that whoever starts the release gives, where its workflow asks for some. */
  inputs: z.record(z.string(), z.string()).default({}),
  /** Command line that publishes a release, run in the tree of its tag; of npm packages the npm client does that. */
  publish: z.string().min(1).optional(),
  commits: z.array(commit).min(1),
});

interface File {
  mode: "100644" | "100755";
  content: Buffer;
}

type Tree = Map<string, File>;

/** The ids of a built repository; the last commit is the head of the branch that is released. */
export interface ExampleRepository {
  branch: string;
  head: string;
  commits: string[];
  /** Tag object id by tag name. */
  tags: Record<string, string>;
}

/**
 * Creates a bare repository with the commits that `history/history.json` in the example describes; the same input
 * gives the same ids. The head's tree is exactly the example without that folder; with a `releaseDay`, the last commit and
 * what its changelog dates with that commit's day are of that day, as a release's are that is prepared on the day.
 * Throws when the description names a file that the example does not have.
 */
export async function buildExampleRepository(
  exampleDir: string,
  targetBareDir: string,
  releaseDay?: string,
): Promise<ExampleRepository> {
  const described = readHistory(exampleDir);
  const present = await readTree(exampleDir, ["history/**", "node_modules/**"]);
  if (releaseDay !== undefined) prepareOn(releaseDay, described, present);
  await git(["init", "--quiet", "--bare", "--initial-branch=main", "--template=", targetBareDir]);
  const stream = await importStream(described, exampleDir, present);
  await git(["-C", targetBareDir, "fast-import", "--quiet", "--date-format=raw"], stream);
  const commits = lines(await git(["-C", targetBareDir, "rev-list", "--reverse", described.branch]));
  const named = lines(
    await git(["-C", targetBareDir, "for-each-ref", "--format=%(refname:strip=2) %(objectname)", "refs/tags"]),
  );
  const { branch } = described;
  return {
    branch,
    head: commits.at(-1) ?? "",
    commits,
    tags: Object.fromEntries(named.map((line) => line.split(" "))),
  };
}

/** Reads the inputs with which the example's release is started, unless others are given, and how the one before was published. */
export function exampleStart(exampleDir: string): { inputs: Record<string, string>; publish: string | undefined } {
  const { inputs, publish } = readHistory(exampleDir);
  return { inputs, publish };
}

function readHistory(exampleDir: string): z.infer<typeof history> {
  return history.parse(JSON.parse(readFileSync(join(exampleDir, "history/history.json"), "utf8")));
}

/** Moves the last commit, and the changelog's sections of its day, to another day. */
function prepareOn(day: string, { commits }: z.infer<typeof history>, present: Tree): void {
  const last = commits.at(-1);
  const changelog = present.get("CHANGELOG.md");
  if (!last || !changelog) return;
  const text = changelog.content.toString().replaceAll(`] - ${last.date.slice(0, 10)}\n`, `] - ${day}\n`);
  present.set("CHANGELOG.md", { ...changelog, content: Buffer.from(text) });
  last.date = `${day}T00:00:00Z`;
}

/** Writes the whole history in the format of git-fast-import(1): each commit says its complete tree. */
async function importStream(described: z.infer<typeof history>, exampleDir: string, present: Tree): Promise<Buffer> {
  const parts: (string | Buffer)[] = [];
  let tree: Tree = new Map();
  for (const [index, each] of described.commits.entries()) {
    tree = index === described.commits.length - 1 ? present : await nextTree(tree, each, { exampleDir, present });
    const person = `${described.author.name} <${described.author.email}> ${Date.parse(each.date) / 1_000} +0000`;
    parts.push(`commit refs/heads/${described.branch}\nmark :${index + 1}\nauthor ${person}\ncommitter ${person}\n`);
    parts.push(...payload(`${each.message}\n`), ...(index > 0 ? [`from :${index}\n`] : []), "deleteall\n");
    for (const [path, file] of tree) parts.push(`M ${file.mode} inline ${path}\n`, ...payload(file.content));
    parts.push(...each.branches.map((branch) => `reset refs/heads/${branch}\nfrom :${index + 1}\n\n`));
    if (!each.tag) continue;
    parts.push(`tag ${each.tag.name}\nfrom :${index + 1}\ntagger ${person}\n`, ...payload(`${each.tag.message}\n`));
  }
  return Buffer.concat(parts.map((part) => Buffer.from(part)));
}

async function nextTree(
  before: Tree,
  { earlier, final, removed }: z.infer<typeof commit>,
  { exampleDir, present }: { exampleDir: string; present: Tree },
): Promise<Tree> {
  const tree = new Map(before);
  for (const path of removed) tree.delete(path);
  for (const [path, file] of earlier ? await readTree(join(exampleDir, "history", earlier)) : []) tree.set(path, file);
  for (const wanted of final) {
    const found = [...present].filter(([path]) => path === wanted || (wanted.endsWith("/") && path.startsWith(wanted)));
    if (found.length === 0) throw new Error(`expected ${wanted} in ${exampleDir}, found nothing.`);
    for (const [path, file] of found) tree.set(path, file);
  }
  return new Map([...tree].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

async function readTree(folder: string, exclude: string[] = []): Promise<Tree> {
  const tree: Tree = new Map();
  const paths: string[] = [];
  for await (const path of glob(["**/*", ".*", ".*/**/*", "**/.*"], { cwd: folder, exclude })) paths.push(path);
  for (const path of [...new Set(paths)].sort()) {
    const found = await stat(join(folder, path));
    if (!found.isFile()) continue;
    const mode = (found.mode & 0o100) === 0 ? "100644" : "100755";
    tree.set(path.replaceAll("\\", "/"), { mode, content: await readFile(join(folder, path)) });
  }
  if (tree.size === 0) throw new Error(`expected files in ${folder}, found none.`);
  return tree;
}

function payload(content: string | Buffer): (string | Buffer)[] {
  return [`data ${Buffer.byteLength(content)}\n`, content, "\n"];
}

const lines = (output: string) => output.split("\n").filter((line) => line !== "");

/** Runs git without the user's configuration, so that ids and defaults are the same on every machine. */
async function git(args: string[], input?: Buffer): Promise<string> {
  const env = { PATH: process.env.PATH ?? "", GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" };
  const child = spawn("git", args, { env, stdio: ["pipe", "pipe", "pipe"] });
  const code = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  child.stdin.end(input);
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), code]);
  if ((await code) !== 0) throw new Error(`expected git ${args.join(" ")} to succeed, found: ${stderr.trim()}`);
  return stdout;
}
