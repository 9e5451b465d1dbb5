import * as z from "zod";
import { resolveCommit } from "../git/objects.ts";
import { page } from "../pages.ts";
import { notFound, Problem, type Reply, unprocessable } from "../problem.ts";
import type { Deployment, DeploymentState } from "../records.ts";
import { deploymentShape, deploymentStateShape } from "../shapes/deployments.ts";
import { type Call, nextId, nowIn, type Routes, type World } from "../world.ts";
import { latestStatuses } from "./statuses.ts";

const written = z.object({
  ref: z.string(),
  task: z.string().default("deploy"),
  required_contexts: z.array(z.string()).optional(),
  environment: z.string().default("production"),
  payload: z.union([z.record(z.string(), z.unknown()), z.string()]).default({}),
  description: z.string().nullish(),
  transient_environment: z.boolean().default(false),
  production_environment: z.boolean().optional(),
});
const stateBody = z.object({
  state: z.enum(["error", "failure", "inactive", "pending", "success", "queued", "in_progress"]),
  description: z.string().default(""),
  environment: z.string().optional(),
  environment_url: z.string().default(""),
  log_url: z.string().optional(),
  target_url: z.string().optional(),
  auto_inactive: z.boolean().default(true),
});

/** Deployments and what became of them. */
export const deployments: Routes = {
  "repos/list-deployments": (call, world) => {
    const { sha, ref, task, environment } = call.query;
    const wanted = Object.entries({ sha, ref, task, environment }).filter(
      ([, value]) => value !== undefined && value !== "none",
    );
    const own = world.state.deployments.filter((one) =>
      wanted.every(([key, value]) => new Map(Object.entries(one)).get(key) === value),
    );
    return page(
      call,
      world,
      own.reverse().map((one) => deploymentShape(world.place, one)),
    );
  },
  "repos/create-deployment": createDeployment,
  "repos/get-deployment": (call, world) => ({
    code: 200,
    body: deploymentShape(world.place, deploymentOf(world, call)),
  }),
  "repos/list-deployment-statuses": (call, world) => {
    const { id } = deploymentOf(world, call);
    return page(
      call,
      world,
      world.state.deploymentStates
        .filter((one) => one.deployment === id)
        .reverse()
        .map((one) => deploymentStateShape(world.place, one)),
    );
  },
  "repos/create-deployment-status": createState,
  "repos/get-deployment-status": (call, world) => {
    const { id } = deploymentOf(world, call);
    const found = world.state.deploymentStates.find(
      (one) => one.deployment === id && String(one.id) === call.params.status_id,
    );
    if (!found) throw notFound();
    return { code: 200, body: deploymentStateShape(world.place, found) };
  },
};

async function createDeployment({ body, grant }: Call, world: World): Promise<Reply> {
  const given = written.parse(body);
  const sha = await resolveCommit(world.git, given.ref.replace(/^refs\/(heads|tags)\//, ""));
  if (!sha) throw unprocessable(`No ref found for: ${given.ref}`);
  const current = latestStatuses(world, sha);
  const needed = given.required_contexts ?? current.map((one) => one.context);
  const unmet = needed.filter((context) => !current.some((one) => one.context === context && one.state === "success"));
  if (unmet.length > 0)
    throw new Problem(409, `Conflict: Commit status checks failed for ${given.ref}: ${unmet.join(", ")}.`);
  const now = nowIn(world);
  const deployment: Deployment = {
    id: nextId(world.state),
    sha,
    ref: given.ref,
    task: given.task,
    environment: given.environment,
    description: given.description ?? null,
    payload: given.payload,
    transient: given.transient_environment,
    production: given.production_environment ?? given.environment === "production",
    creator: grant.login,
    createdAt: now,
    updatedAt: now,
  };
  world.state.deployments.push(deployment);
  return { code: 201, body: deploymentShape(world.place, deployment) };
}

function createState(call: Call, world: World): Reply {
  const deployment = deploymentOf(world, call);
  const given = stateBody.parse(call.body);
  if (given.state === "success" && given.auto_inactive) retireOthers(world, deployment, call.grant.login);
  const state = record(world, deployment, {
    ...given,
    logUrl: given.log_url ?? given.target_url ?? "",
    creator: call.grant.login,
  });
  return { code: 201, body: deploymentStateShape(world.place, state) };
}

/** A success makes the earlier successes of the same lasting environment inactive. */
function retireOthers(world: World, deployment: Deployment, creator: string): void {
  for (const other of world.state.deployments) {
    const newest = world.state.deploymentStates.findLast((one) => one.deployment === other.id);
    const same = other !== deployment && other.environment === deployment.environment && !other.transient;
    if (same && newest?.state === "success")
      record(world, other, { state: "inactive", description: "", environment_url: "", logUrl: "", creator });
  }
}

function record(
  world: World,
  deployment: Deployment,
  given: Pick<z.infer<typeof stateBody>, "state" | "description" | "environment" | "environment_url"> & {
    logUrl: string;
    creator: string;
  },
): DeploymentState {
  const now = nowIn(world);
  const state: DeploymentState = {
    id: nextId(world.state),
    deployment: deployment.id,
    state: given.state,
    description: given.description,
    environment: given.environment ?? deployment.environment,
    environmentUrl: given.environment_url,
    logUrl: given.logUrl,
    creator: given.creator,
    createdAt: now,
  };
  deployment.updatedAt = now;
  world.state.deploymentStates.push(state);
  return state;
}

function deploymentOf({ state }: World, { params }: Call): Deployment {
  const found = state.deployments.find((one) => String(one.id) === params.deployment_id);
  if (!found) throw notFound();
  return found;
}
