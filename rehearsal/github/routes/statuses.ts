import * as z from "zod";
import { page } from "../pages.ts";
import type { Reply } from "../problem.ts";
import type { CommitStatus } from "../records.ts";
import { minimalRepository } from "../shapes/repository.ts";
import { userShape } from "../shapes/user.ts";
import { apiPath, type Call, nextId, nodeId, nowIn, type Place, type Routes, type World } from "../world.ts";
import { required } from "./commits.ts";

const written = z.object({
  state: z.enum(["error", "failure", "pending", "success"]),
  target_url: z.string().nullish(),
  description: z.string().nullish(),
  context: z.string().default("default"),
});

/** Commit statuses: the older sibling of check runs. */
export const statuses: Routes = {
  "repos/create-commit-status": createStatus,
  "repos/list-commit-statuses-for-ref": async (call, world) => {
    const { sha } = await required(world, call.params.ref ?? "");
    const own = world.state.statuses.filter((one) => one.sha === sha).reverse();
    return page(
      call,
      world,
      own.map((one) => ({ ...plain(world.place, one), creator: userShape(world.place, one.creator) })),
    );
  },
  "repos/get-combined-status-for-ref": combined,
};

async function createStatus({ params, body, grant }: Call, world: World): Promise<Reply> {
  const { sha } = await required(world, params.sha ?? "");
  const { state, target_url, description, context } = written.parse(body);
  const status: CommitStatus = {
    id: nextId(world.state),
    sha,
    context,
    state,
    description: description ?? null,
    targetUrl: target_url ?? null,
    creator: grant.login,
    createdAt: nowIn(world),
  };
  world.state.statuses.push(status);
  return { code: 201, body: { ...plain(world.place, status), creator: userShape(world.place, grant.login) } };
}

async function combined(call: Call, world: World): Promise<Reply> {
  const { sha } = await required(world, call.params.ref ?? "");
  const newest = latestStatuses(world, sha);
  const states = newest.map((one) => one.state);
  const bad = states.some((one) => one === "failure" || one === "error");
  const state = bad ? "failure" : states.length > 0 && states.every((one) => one === "success") ? "success" : "pending";
  const all = newest.map((one) => plain(world.place, one));
  return page(call, world, all, (items, total_count) => ({
    state,
    statuses: items,
    sha,
    total_count,
    repository: minimalRepository(world.place),
    commit_url: apiPath(world.place, `/commits/${sha}`),
    url: apiPath(world.place, `/commits/${sha}/status`),
  }));
}

/** Gives the newest status of each context of a commit. */
export function latestStatuses(world: World, sha: string): CommitStatus[] {
  const own = world.state.statuses.filter((one) => one.sha === sha);
  return [...new Map(own.map((one) => [one.context, one])).values()];
}

function plain(place: Place, status: CommitStatus) {
  return {
    url: apiPath(place, `/statuses/${status.sha}`),
    avatar_url: userShape(place, status.creator).avatar_url,
    id: status.id,
    node_id: nodeId("StatusContext", status.id),
    state: status.state,
    description: status.description,
    target_url: status.targetUrl,
    context: status.context,
    created_at: status.createdAt,
    updated_at: status.createdAt,
  };
}
