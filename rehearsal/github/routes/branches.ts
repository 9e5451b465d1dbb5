import { readCommits } from "../git/objects.ts";
import { defaultBranch, findRef, listRefs } from "../git/refs.ts";
import { page } from "../pages.ts";
import { notFound, type Reply } from "../problem.ts";
import { commitShape } from "../shapes/commits.ts";
import { fullRepository } from "../shapes/repository.ts";
import { active, governs } from "../tag-protection.ts";
import { apiPath, type Call, htmlPath, nodeId, type Routes, type World } from "../world.ts";

/** The repository itself, its branches and its tags. */
export const branches: Routes = {
  "repos/get": getRepository,
  "repos/list-branches": listBranches,
  "repos/get-branch": getBranch,
  "repos/list-tags": listTags,
};

async function getRepository({ grant }: Call, world: World): Promise<Reply> {
  const branch = await defaultBranch(world.git);
  const head = await findRef(world.git, `refs/heads/${branch}`);
  const [commit] = head ? await readCommits(world.git, [head.commit]) : [];
  const { createdAt } = world.state;
  const openIssues = world.state.issues.filter((one) => one.state === "open").length;
  const push = grant.permissions.contents === "write";
  const body = fullRepository(world.place, {
    branch,
    createdAt,
    pushedAt: commit?.committer.date ?? createdAt,
    openIssues,
  });
  return {
    code: 200,
    body: { ...body, permissions: { admin: false, maintain: false, push, triage: push, pull: true } },
  };
}

async function listBranches(call: Call, world: World): Promise<Reply> {
  const main = await defaultBranch(world.git);
  const all = (await listRefs(world.git, "refs/heads/")).map(({ ref, commit }) => ({
    name: ref.slice("refs/heads/".length),
    commit: { sha: commit, url: apiPath(world.place, `/commits/${commit}`) },
    protected: isProtected(world, ref, main),
  }));
  const wanted = call.query.protected;
  return page(call, world, wanted === undefined ? all : all.filter((one) => String(one.protected) === wanted));
}

async function getBranch({ params }: Call, world: World): Promise<Reply> {
  const name = params.branch ?? "";
  const found = await findRef(world.git, `refs/heads/${name}`);
  const [commit] = found ? await readCommits(world.git, [found.commit]) : [];
  if (!found || !commit) throw notFound();
  const guarded = isProtected(world, found.ref, await defaultBranch(world.git));
  const self = apiPath(world.place, `/branches/${encodeURIComponent(name)}`);
  const body = {
    name,
    commit: commitShape(world, commit),
    _links: { self, html: htmlPath(world.place, `/tree/${name}`) },
    protected: guarded,
    protection: { enabled: guarded },
    protection_url: `${self}/protection`,
  };
  return { code: 200, body };
}

async function listTags(call: Call, world: World): Promise<Reply> {
  const newestFirst = (await listRefs(world.git, "refs/tags/")).reverse();
  const all = newestFirst.map(({ ref, commit }) => ({
    name: ref.slice("refs/tags/".length),
    commit: { sha: commit, url: apiPath(world.place, `/commits/${commit}`) },
    zipball_url: apiPath(world.place, `/zipball/${ref}`),
    tarball_url: apiPath(world.place, `/tarball/${ref}`),
    node_id: nodeId("Ref", ref),
  }));
  return page(call, world, all);
}

function isProtected(world: World, ref: string, main: string): boolean {
  return active(world.state.rulesets).some((one) => one.target === "branch" && governs(one, ref, main));
}
