import * as z from "zod";
import { formatInstant } from "#src/domain/instant";
import { objectType, readCommits, readObjects, readTag, type TagObject } from "../git/objects.ts";
import { type TreeEntry, writeBlob, writeCommit, writeTag, writeTree } from "../git/writing.ts";
import { notFound, type Reply, unprocessable } from "../problem.ts";
import { gitCommitShape, verification } from "../shapes/commits.ts";
import { gitIdentity } from "../shapes/user.ts";
import { apiPath, type Call, nodeId, nowIn, type Routes, type World } from "../world.ts";

const person = z.object({ name: z.string(), email: z.string(), date: z.string().optional() });
const newTag = z.object({
  tag: z.string(),
  message: z.string(),
  object: z.string(),
  type: z.string(),
  tagger: person.optional(),
});
const newCommit = z.object({
  message: z.string(),
  tree: z.string(),
  parents: z.array(z.string()).default([]),
  author: person.optional(),
  committer: person.partial().optional(),
  signature: z.string().optional(),
});
const newBlob = z.object({ content: z.string(), encoding: z.enum(["utf-8", "base64"]).default("utf-8") });
const newTree = z.object({
  base_tree: z.string().optional(),
  tree: z.array(
    z.object({
      path: z.string(),
      mode: z.string().default("100644"),
      sha: z.string().nullable().optional(),
      content: z.string().optional(),
    }),
  ),
});

/** The git objects: commits, annotated tags, trees and blobs, read from and written to the bare repository. */
export const gitObjects: Routes = {
  "git/create-tag": createTag,
  "git/get-tag": async ({ params }, world) => {
    const tag = await readTag(world.git, params.tag_sha ?? "");
    if (!tag) throw notFound();
    return { code: 200, body: tagShape(world, tag) };
  },
  "git/create-commit": createCommit,
  "git/get-commit": async ({ params }, world) => {
    const [commit] = await readCommits(world.git, [params.commit_sha ?? ""]);
    if (!commit) throw notFound();
    return { code: 200, body: gitCommitShape(world, commit) };
  },
  "git/create-blob": async ({ body }, { git, place }) => {
    const { content, encoding } = newBlob.parse(body);
    const sha = await writeBlob(git, Buffer.from(content, encoding === "base64" ? "base64" : "utf8"));
    return { code: 201, body: { sha, url: apiPath(place, `/git/blobs/${sha}`) } };
  },
  "git/get-blob": async ({ params }, { git, place }) => {
    const [blob] = await readObjects(git, [params.file_sha ?? ""]);
    if (blob?.type !== "blob") throw notFound();
    const { sha, content } = blob;
    const url = apiPath(place, `/git/blobs/${sha}`);
    return {
      code: 200,
      body: {
        sha,
        url,
        node_id: nodeId("Blob", sha),
        size: content.length,
        encoding: "base64",
        content: content.toString("base64"),
      },
    };
  },
  "git/create-tree": createTree,
  "git/get-tree": async ({ params, query }, world) => {
    const tree = await world.git.find([
      "rev-parse",
      "--verify",
      "--quiet",
      "--end-of-options",
      `${params.tree_sha}^{tree}`,
    ]);
    if (!tree) throw notFound();
    return { code: 200, body: await treeShape(world, tree, "recursive" in query) };
  },
};

async function createTag({ body, grant }: Call, world: World): Promise<Reply> {
  const { tag, message, object, type, tagger } = newTag.parse(body);
  const found = await objectType(world.git, object);
  if (found !== type) throw unprocessable(`Could not verify object: expected a ${type}, found ${found ?? "nothing"}.`);
  if ((await world.git.find(["check-ref-format", `refs/tags/${tag}`])) === undefined)
    throw unprocessable(`${tag} is not a valid tag name.`);
  const author = signed(world, tagger ?? gitIdentity(grant.login));
  const sha = await writeTag(world.git, { tag, message, object, type, tagger: author });
  const written = await readTag(world.git, sha);
  if (!written) throw unprocessable("Tag could not be written");
  return { code: 201, body: tagShape(world, written) };
}

async function createCommit({ body, grant }: Call, world: World): Promise<Reply> {
  const { message, tree, parents, author, committer, signature } = newCommit.parse(body);
  if ((await objectType(world.git, tree)) !== "tree") throw unprocessable("Tree SHA does not exist");
  for (const parent of parents) {
    if ((await objectType(world.git, parent)) !== "commit")
      throw unprocessable("Parent SHA does not exist or is not a commit object");
  }
  const writer = signed(world, author ?? gitIdentity(grant.login));
  const sha = await writeCommit(world.git, {
    message,
    tree,
    parents,
    signature,
    author: writer,
    committer: { ...writer, ...committer },
  });
  const [written] = await readCommits(world.git, [sha]);
  if (!written) throw unprocessable("Commit could not be written");
  return { code: 201, body: gitCommitShape(world, written) };
}

async function createTree({ body }: Call, world: World): Promise<Reply> {
  const { base_tree, tree } = newTree.parse(body);
  const base =
    base_tree &&
    (await world.git.find(["rev-parse", "--verify", "--quiet", "--end-of-options", `${base_tree}^{tree}`]));
  if (base_tree && !base) throw unprocessable("base_tree is not a valid tree oid");
  const entries: TreeEntry[] = [];
  for (const { path, mode, sha, content } of tree) {
    if (sha === undefined && content === undefined) throw unprocessable("tree.sha or tree.content is required");
    if (typeof sha === "string" && !(await objectType(world.git, sha)))
      throw unprocessable(`tree.sha ${sha} is not a valid object`);
    entries.push({ path, mode, sha: sha === undefined ? await writeBlob(world.git, Buffer.from(content ?? "")) : sha });
  }
  return { code: 201, body: await treeShape(world, await writeTree(world.git, base, entries), false) };
}

async function treeShape({ git, place }: World, sha: string, deep: boolean) {
  const listing = (await git.run(["ls-tree", "-z", "-l", ...(deep ? ["-r", "-t"] : []), sha])).toString("utf8");
  const tree = listing
    .split("\0")
    .filter(Boolean)
    .map((line) => {
      const [meta = "", path = ""] = line.split("\t");
      const [mode = "", type = "", object = "", size = "-"] = meta.split(/ +/);
      return {
        path,
        mode,
        type,
        sha: object,
        url: apiPath(place, `/git/${type}s/${object}`),
        ...(size === "-" ? {} : { size: Number(size) }),
      };
    });
  return { sha, url: apiPath(place, `/git/trees/${sha}`), truncated: false, tree };
}

/** Completes a person with the present moment, in whole seconds as git keeps it. */
function signed(world: World, { name, email, date }: { name: string; email: string; date?: string | undefined }) {
  return { name, email, date: date === undefined ? nowIn(world) : formatInstant(new Date(date)) };
}

function tagShape(world: World, tag: TagObject) {
  const { place } = world;
  return {
    node_id: nodeId("Tag", tag.sha),
    tag: tag.tag,
    sha: tag.sha,
    url: apiPath(place, `/git/tags/${tag.sha}`),
    message: tag.message,
    tagger: tag.tagger,
    object: { sha: tag.object, type: tag.type, url: apiPath(place, `/git/${tag.type}s/${tag.object}`) },
    verification: verification(world, undefined),
  };
}
