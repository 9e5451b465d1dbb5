import * as z from "zod";
import { joinCommits, mergedTree } from "../git/merging.ts";
import { findRef } from "../git/refs.ts";
import { swapRef } from "../git/writing.ts";
import { page } from "../pages.ts";
import { notFound, Problem, type Reply, unprocessable } from "../problem.ts";
import type { PullRequest } from "../records.ts";
import { endsOf, fullPull, listedPull } from "../shapes/pulls.ts";
import { type Call, nextId, nextNumber, nowIn, type Routes, type World } from "../world.ts";

const written = z.object({ title: z.string(), head: z.string(), base: z.string(), body: z.string().nullish() });
const change = z.object({
  title: z.string().optional(),
  body: z.string().nullish(),
  state: z.enum(["open", "closed"]).optional(),
});
const merging = z.object({
  sha: z.string().optional(),
  merge_method: z.enum(["merge", "squash", "rebase"]).optional(),
});

/** Pull requests between branches of the one repository. */
export const pulls: Routes = {
  "pulls/list": listPulls,
  "pulls/create": createPull,
  "pulls/get": async ({ params }, world) => ({ code: 200, body: await fullPull(world, pullOf(world, params)) }),
  "pulls/update": updatePull,
  "pulls/merge": mergePull,
};

async function listPulls(call: Call, world: World): Promise<Reply> {
  const { state = "open", head, base, direction = "desc" } = call.query;
  const chosen = world.state.pulls
    .filter((one) => state === "all" || (state === "open") === (one.state === "open"))
    .filter((one) => base === undefined || one.baseBranch === base)
    .filter((one) => head === undefined || `${world.place.owner}:${one.headBranch}` === head);
  const ordered = direction === "desc" ? chosen.toReversed() : chosen;
  return page(call, world, await Promise.all(ordered.map((one) => listedPull(world, one))));
}

async function createPull({ body, grant }: Call, world: World): Promise<Reply> {
  const given = written.parse(body);
  const headBranch = given.head.replace(`${world.place.owner}:`, "");
  const [head, base] = await Promise.all(
    [headBranch, given.base].map((name) => findRef(world.git, `refs/heads/${name}`)),
  );
  if (!head || !base) throw invalid({ code: "invalid", field: head ? "base" : "head" });
  const same = world.state.pulls.find(
    (one) => one.state === "open" && one.headBranch === headBranch && one.baseBranch === given.base,
  );
  const label = `${world.place.owner}:${headBranch}`;
  if (same) throw invalid({ code: "custom", message: `A pull request already exists for ${label}.` });
  const brought = (await world.git.run(["rev-list", `${base.commit}..${head.commit}`])).toString("utf8").trim();
  if (brought === "") throw invalid({ code: "custom", message: `No commits between ${given.base} and ${headBranch}` });
  const now = nowIn(world);
  const pull: PullRequest = {
    ...{ id: nextId(world.state), number: nextNumber(world.state), title: given.title, body: given.body ?? null },
    ...{
      state: "open",
      headBranch,
      baseBranch: given.base,
      headSha: null,
      mergeCommit: null,
      author: grant.login,
      reviews: [],
    },
    ...{ commits: brought.split("\n"), labels: [], closes: [], createdAt: now, updatedAt: now, closedAt: null },
  };
  world.state.pulls.push(pull);
  return { code: 201, body: await fullPull(world, pull) };
}

async function updatePull({ params, body }: Call, world: World): Promise<Reply> {
  const pull = pullOf(world, params);
  const given = change.parse(body ?? {});
  pull.title = given.title ?? pull.title;
  pull.body = given.body === undefined ? pull.body : given.body;
  pull.updatedAt = nowIn(world);
  if (given.state === "closed" && pull.state === "open") await end(world, pull, "closed");
  return { code: 200, body: await fullPull(world, pull) };
}

/** What a person does on the page: it moves the base branch, and what was squashed does not hold the head. */
async function mergePull({ params, body, grant }: Call, world: World): Promise<Reply> {
  const pull = pullOf(world, params);
  const { sha, merge_method: method = "merge" } = merging.parse(body ?? {});
  const { head, base } = await endsOf(world, pull);
  if (pull.state !== "open" || !head || !base || method === "rebase" || !(await mergedTree(world.git, base, head)))
    throw new Problem(405, "Pull Request is not mergeable");
  if (sha !== undefined && sha !== head)
    throw new Problem(409, "Head branch was modified. Review and try the merge again.");
  const message = `${pull.title} (#${pull.number})\n`;
  const joining = { base, head, message, author: grant.login, date: nowIn(world), squash: method === "squash" };
  const commit = await joinCommits(world.git, joining);
  if (!(await swapRef(world.git, `refs/heads/${pull.baseBranch}`, { from: base, to: commit })))
    throw new Problem(409, "Base branch was modified. Review and try the merge again.");
  pull.mergeCommit = commit;
  await end(world, pull, "merged");
  return { code: 200, body: { sha: commit, merged: true, message: "Pull Request successfully merged" } };
}

async function end(world: World, pull: PullRequest, state: "closed" | "merged"): Promise<void> {
  pull.headSha = (await endsOf(world, pull)).head ?? pull.headSha;
  pull.state = state;
  pull.closedAt = nowIn(world);
  pull.updatedAt = pull.closedAt;
}

/** Finds a pull request by the number in the path. Throws where there is none. */
export function pullOf({ state }: World, { pull_number }: Call["params"]): PullRequest {
  const found = state.pulls.find((one) => String(one.number) === pull_number);
  if (!found) throw notFound();
  return found;
}

function invalid(complaint: { code: string; field?: string; message?: string }): Problem {
  return unprocessable("Validation Failed", { resource: "PullRequest", ...complaint });
}
