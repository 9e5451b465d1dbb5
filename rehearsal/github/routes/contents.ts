import * as z from "zod";
import { readCommits, readObjects, resolveCommit } from "../git/objects.ts";
import { defaultBranch, findRef } from "../git/refs.ts";
import { swapRef, writeBlob, writeCommit, writeTree } from "../git/writing.ts";
import { notFound, Problem, type Reply, unprocessable } from "../problem.ts";
import { gitCommitShape } from "../shapes/commits.ts";
import { gitIdentity } from "../shapes/user.ts";
import { apiPath, type Call, htmlPath, nowIn, type Place, type Routes, type World } from "../world.ts";

const person = z.object({ name: z.string(), email: z.string(), date: z.string().optional() });
const change = z.object({
  message: z.string(),
  content: z.string(),
  sha: z.string().optional(),
  branch: z.string().optional(),
  author: person.optional(),
  committer: person.optional(),
});
/** GitHub gives the text of larger files only as raw bytes. */
const INLINE_LIMIT = 1024 * 1024;

interface Entry {
  readonly mode: string;
  readonly type: string;
  readonly sha: string;
  readonly size: number;
  readonly path: string;
}

/** Files of the repository: read at any ref, written as one commit on a branch with a compare-and-swap. */
export const contents: Routes = {
  "repos/get-content": getContent,
  "repos/create-or-update-file-contents": putContent,
};

async function getContent({ params, query, headers }: Call, { git, place }: World): Promise<Reply> {
  const path = (params.path ?? "").replace(/\/+$/, "");
  const ref = query.ref ?? (await defaultBranch(git));
  const commit = await resolveCommit(git, ref.replace(/^refs\/(heads|tags)\//, ""));
  if (!commit) throw new Problem(404, `No commit found for the ref ${ref}`);
  const listing = await git.run(["ls-tree", "-z", "-l", commit, "--", path]);
  const [entry] = parseTree(listing.toString("utf8"));
  if (!entry) throw notFound();
  if (entry.type === "tree") {
    const inside = await git.run(["ls-tree", "-z", "-l", commit, "--", `${path}/`]);
    return { code: 200, body: parseTree(inside.toString("utf8")).map((one) => entryShape(place, one, ref)) };
  }
  const [blob] = await readObjects(git, [entry.sha]);
  if (blob?.type !== "blob") throw notFound();
  if (/\bapplication\/vnd\.github(\.v3)?\.raw\b/.test(headers.accept ?? "")) {
    return { code: 200, bytes: blob.content, headers: { "content-type": "application/vnd.github.raw; charset=utf-8" } };
  }
  if (entry.mode === "120000")
    return { code: 200, body: { ...entryShape(place, entry, ref), target: blob.content.toString("utf8") } };
  const large = blob.content.length > INLINE_LIMIT;
  const text = large ? "" : blob.content.toString("base64").replace(/.{60}/g, "$&\n");
  return { code: 200, body: { ...entryShape(place, entry, ref), encoding: large ? "none" : "base64", content: text } };
}

async function putContent(call: Call, world: World): Promise<Reply> {
  const { git, place } = world;
  const path = call.params.path ?? "";
  const { message, content, sha, branch = await defaultBranch(git), author, committer } = change.parse(call.body);
  const head = await findRef(git, `refs/heads/${branch}`);
  if (!head) throw new Problem(404, `Branch ${branch} not found`);
  const [before] = parseTree((await git.run(["ls-tree", "-z", "-l", head.commit, "--", path])).toString("utf8"));
  if (before && sha === undefined) throw unprocessable(`Invalid request.\n\n"sha" wasn't supplied.`);
  if (sha !== undefined && before?.sha !== sha) throw new Problem(409, `${path} does not match ${sha}`);
  const blob = await writeBlob(git, Buffer.from(content, "base64"));
  const tree = await writeTree(git, head.commit, [{ path, mode: before?.mode ?? "100644", sha: blob }]);
  const now = nowIn(world);
  const writer = { ...gitIdentity(call.grant.login), date: now, ...author };
  const to = await writeCommit(git, {
    message,
    tree,
    parents: [head.commit],
    author: writer,
    committer: { ...writer, ...committer },
  });
  if (!(await swapRef(git, head.ref, { from: head.commit, to }))) throw new Problem(409, `${branch} has moved`);
  const [written] = await readCommits(git, [to]);
  const [entry] = parseTree((await git.run(["ls-tree", "-z", "-l", to, "--", path])).toString("utf8"));
  if (!written || !entry) throw notFound();
  return {
    code: before ? 200 : 201,
    body: { content: entryShape(place, entry, branch), commit: gitCommitShape(world, written) },
  };
}

function parseTree(listing: string): Entry[] {
  return listing
    .split("\0")
    .filter(Boolean)
    .map((line) => {
      const [meta = "", path = ""] = line.split("\t");
      const [mode = "", type = "", sha = "", size = "-"] = meta.split(/ +/);
      return { mode, type, sha, path, size: size === "-" ? 0 : Number(size) };
    });
}

function entryShape(place: Place, { mode, type, sha, path, size }: Entry, ref: string) {
  const kind = type === "tree" ? "dir" : mode === "120000" ? "symlink" : "file";
  const encoded = path.split("/").map(encodeURIComponent).join("/");
  const self = apiPath(place, `/contents/${encoded}?ref=${encodeURIComponent(ref)}`);
  const git = apiPath(place, `/git/${type}s/${sha}`);
  const html = htmlPath(place, `/${kind === "dir" ? "tree" : "blob"}/${ref}/${encoded}`);
  return {
    type: kind,
    name: path.split("/").at(-1) ?? path,
    path,
    sha,
    size,
    url: self,
    git_url: git,
    html_url: html,
    download_url: kind === "dir" ? null : htmlPath(place, `/raw/${ref}/${encoded}`),
    _links: { self, git, html },
  };
}
