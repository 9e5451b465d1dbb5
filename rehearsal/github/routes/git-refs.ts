import * as z from "zod";
import { objectType } from "../git/objects.ts";
import { defaultBranch, findRef, listRefs, type Ref } from "../git/refs.ts";
import { ABSENT, swapRef } from "../git/writing.ts";
import { notFound, type Reply, unprocessable } from "../problem.ts";
import { type RefChange, violationOf } from "../tag-protection.ts";
import { apiPath, type Call, nodeId, type Place, type Routes, type World } from "../world.ts";

const newRef = z.object({ ref: z.string(), sha: z.string() });
const move = z.object({ sha: z.string(), force: z.boolean().default(false) });
const FOLDER = { commit: "commits", tag: "tags", tree: "trees", blob: "blobs" };

/** The git refs: read, made, moved and deleted in the bare repository itself. */
export const gitRefs: Routes = {
  "git/get-ref": async ({ params }, world) => {
    const found = await findRef(world.git, `refs/${params.ref}`);
    if (!found) throw notFound();
    return { code: 200, body: refShape(world.place, found) };
  },
  "git/list-matching-refs": async ({ params }, world) => {
    const found = await listRefs(world.git, `refs/${params.ref}`);
    return { code: 200, body: found.map((one) => refShape(world.place, one)) };
  },
  "git/create-ref": createRef,
  "git/update-ref": updateRef,
  "git/delete-ref": deleteRef,
};

async function createRef({ body }: Call, world: World): Promise<Reply> {
  const { ref, sha } = newRef.parse(body);
  if (!/^refs\/[^/]+\/.+/.test(ref))
    throw unprocessable(
      "Reference name must start with 'refs/' and contain at least three slash-separated components.",
    );
  if ((await world.git.find(["check-ref-format", ref])) === undefined)
    throw unprocessable(`${ref} is not a valid ref name.`);
  if (await findRef(world.git, ref)) throw unprocessable("Reference already exists");
  const type = await objectType(world.git, sha);
  if (!type || (ref.startsWith("refs/heads/") && type !== "commit")) throw unprocessable("Object does not exist");
  await obey(world, ref, "creation");
  if (!(await swapRef(world.git, ref, { from: ABSENT, to: sha }))) throw unprocessable("Reference already exists");
  return { code: 201, body: refShape(world.place, { ref, sha, type, commit: sha }) };
}

async function updateRef({ params, body }: Call, world: World): Promise<Reply> {
  const ref = `refs/${params.ref}`;
  const { sha, force } = move.parse(body);
  const before = await findRef(world.git, ref);
  if (!before) throw unprocessable("Reference does not exist");
  const type = await objectType(world.git, sha);
  if (!type || (ref.startsWith("refs/heads/") && type !== "commit")) throw unprocessable("Object does not exist");
  const forward = (await world.git.find(["merge-base", "--is-ancestor", before.sha, sha])) !== undefined;
  if (!forward && !force) throw unprocessable("Update is not a fast forward");
  if (!forward) await obey(world, ref, "non_fast_forward");
  if (before.sha !== sha) await obey(world, ref, "update");
  if (!(await swapRef(world.git, ref, { from: before.sha, to: sha }))) throw unprocessable("Reference update failed");
  return { code: 200, body: refShape(world.place, { ref, sha, type, commit: sha }) };
}

async function deleteRef({ params }: Call, world: World): Promise<Reply> {
  const ref = `refs/${params.ref}`;
  const before = await findRef(world.git, ref);
  if (!before) throw unprocessable("Reference does not exist");
  if (ref === `refs/heads/${await defaultBranch(world.git)}`) throw unprocessable("Cannot delete the default branch");
  await obey(world, ref, "deletion");
  if (!(await swapRef(world.git, ref, { from: before.sha, to: ABSENT })))
    throw unprocessable("Reference update failed");
  return { code: 204 };
}

/** Refuses what a ruleset forbids, and any change of the tag that an immutable release has or had. */
async function obey(world: World, ref: string, change: RefChange): Promise<void> {
  const violation = violationOf(world.state, { ref, change, main: await defaultBranch(world.git) });
  if (violation !== undefined) throw unprocessable(violation);
}

function refShape(place: Place, { ref, sha, type }: Ref) {
  const folder = new Map(Object.entries(FOLDER)).get(type) ?? "commits";
  return {
    ref,
    node_id: nodeId("Ref", ref),
    url: apiPath(place, `/git/${ref}`),
    object: { type, sha, url: apiPath(place, `/git/${folder}/${sha}`) },
  };
}
