import { formatInstant } from "#src/domain/instant";
import type { Git } from "./git.ts";

/** An object as git stores it. */
export interface RawObject {
  readonly sha: string;
  readonly type: string;
  readonly content: Buffer;
}

/** Author, committer or tagger; `date` is ISO 8601 in UTC, whole seconds. */
export interface Person {
  readonly name: string;
  readonly email: string;
  readonly date: string;
}

/** A commit, read from its raw object. */
export interface Commit {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Person;
  readonly committer: Person;
  readonly message: string;
  readonly signature: string | null;
  /** What is signed: the commit without its signature; null where it has none. */
  readonly payload: string | null;
}

/** An annotated tag, read from its raw object. */
export interface TagObject {
  readonly sha: string;
  readonly object: string;
  readonly type: string;
  readonly tag: string;
  readonly tagger: Person;
  readonly message: string;
}

/** Reads objects by id in one git process; absent ones are left out. */
export async function readObjects(git: Git, shas: readonly string[]): Promise<RawObject[]> {
  if (shas.length === 0) return [];
  const output = await git.run(["cat-file", "--batch"], { input: `${shas.join("\n")}\n` });
  const objects: RawObject[] = [];
  let at = 0;
  while (at < output.length) {
    const end = output.indexOf(10, at);
    const [sha = "", type = "", size = ""] = output.subarray(at, end).toString("utf8").split(" ");
    at = end + 1;
    if (type === "missing" || type === "ambiguous") continue;
    objects.push({ sha, type, content: output.subarray(at, at + Number(size)) });
    at += Number(size) + 1;
  }
  return objects;
}

/** Reads commits by id, in the given order. */
export async function readCommits(git: Git, shas: readonly string[]): Promise<Commit[]> {
  const objects = await readObjects(git, shas);
  return objects.filter((one) => one.type === "commit").map(parseCommit);
}

/** Reads one annotated tag; undefined when the id names nothing or something else. */
export async function readTag(git: Git, sha: string): Promise<TagObject | undefined> {
  const [found] = await readObjects(git, [sha]);
  if (found?.type !== "tag") return undefined;
  const { headers, message } = split(found.content);
  const first = (name: string) => headers.find(([key]) => key === name)?.[1] ?? "";
  return {
    sha: found.sha,
    object: first("object"),
    type: first("type"),
    tag: first("tag"),
    tagger: parsePerson(first("tagger")),
    message,
  };
}

/** Finds what kind of object an id names; undefined when there is none. */
export async function objectType(git: Git, sha: string): Promise<string | undefined> {
  return /^[0-9a-f]{40}$/.test(sha) ? git.find(["cat-file", "-t", sha]) : undefined;
}

/** Finds the commit behind a branch, a tag, a full ref or an id. Revision expressions such as `main~1` name nothing. */
export async function resolveCommit(git: Git, ref: string): Promise<string | undefined> {
  const names = ref === "HEAD" ? ["HEAD"] : [`refs/heads/${ref}`, `refs/tags/${ref}`, `refs/${ref}`, ref];
  for (const name of names) {
    if (!name.startsWith("refs/") && name !== "HEAD" && !/^[0-9a-f]{7,40}$/.test(name)) continue;
    if (/[\s~^:?*[\\]|\.\.|@\{/.test(name)) continue;
    const sha = await git.find(["rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`]);
    if (sha) return sha;
  }
  return undefined;
}

function parseCommit({ sha, content }: RawObject): Commit {
  const { headers, message } = split(content);
  const first = (name: string) => headers.find(([key]) => key === name)?.[1];
  return {
    sha,
    tree: first("tree") ?? "",
    parents: headers.filter(([key]) => key === "parent").map(([, value]) => value),
    author: parsePerson(first("author") ?? ""),
    committer: parsePerson(first("committer") ?? ""),
    message: message.replace(/\n$/, ""),
    signature: first("gpgsig") ?? null,
    payload: first("gpgsig") === undefined ? null : content.toString("utf8").replace(/^gpgsig .*\n(?: .*\n)*/m, ""),
  };
}

/** Headers of a commit or tag; a line that begins with a blank continues the one before it. */
function split(content: Buffer): { headers: [string, string][]; message: string } {
  const text = content.toString("utf8");
  const end = text.indexOf("\n\n");
  const head = end < 0 ? text : text.slice(0, end);
  const headers = head
    .replaceAll("\n ", "\u0000")
    .split("\n")
    .map((line): [string, string] => {
      const gap = line.indexOf(" ");
      return [line.slice(0, gap), line.slice(gap + 1).replaceAll("\u0000", "\n")];
    });
  return { headers, message: end < 0 ? "" : text.slice(end + 2) };
}

function parsePerson(line: string): Person {
  const match = /^(.*) <(.*)> (\d+) [+-]\d{4}$/.exec(line);
  const [, name = "", email = "", seconds = "0"] = match ?? [];
  return { name, email, date: formatInstant(new Date(Number(seconds) * 1000)) };
}
