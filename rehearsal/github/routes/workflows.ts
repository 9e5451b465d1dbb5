import * as z from "zod";
import { resolveCommit } from "../git/objects.ts";
import { defaultBranch, findRef } from "../git/refs.ts";
import { newRun } from "../new-run.ts";
import { page } from "../pages.ts";
import { notFound, type Reply, unprocessable } from "../problem.ts";
import type { Dispatch } from "../records.ts";
import { runPage } from "../shapes/checks.ts";
import { type WorkflowFile, workflowFiles } from "../workflow-files.ts";
import { apiPath, type Call, htmlPath, nextId, nodeId, nowIn, type Place, type Routes, type World } from "../world.ts";

const dispatchBody = z.object({
  ref: z.string(),
  inputs: z.record(z.string(), z.unknown()).default({}),
  return_run_details: z.boolean().default(false),
});
const eventBody = z.object({ event_type: z.string(), client_payload: z.record(z.string(), z.unknown()).default({}) });

/** Workflow files as git holds them, and the two events that a workflow's own token may cause. */
export const workflows: Routes = {
  "actions/list-repo-workflows": async (call, world) => {
    const all = (await known(world)).map((one) => workflowShape(world, one));
    return page(call, world, all, (items, total_count) => ({ total_count, workflows: items }));
  },
  "actions/get-workflow": async ({ params }, world) => ({
    code: 200,
    body: workflowShape(world, await workflowOf(world, params.workflow_id)),
  }),
  "actions/create-workflow-dispatch": dispatchWorkflow,
  "repos/create-dispatch-event": dispatchEvent,
};

async function dispatchWorkflow({ params, body, grant }: Call, world: World): Promise<Reply> {
  const { path } = await workflowOf(world, params.workflow_id);
  const { ref, inputs, return_run_details } = dispatchBody.parse(body);
  const short = ref.replace(/^refs\/(heads|tags)\//, "");
  const sha = await resolveCommit(world.git, short);
  const isRef = (await findRef(world.git, `refs/heads/${short}`)) ?? (await findRef(world.git, `refs/tags/${short}`));
  if (!sha || !isRef) throw unprocessable(`No ref found for: ${ref}`);
  const file = (await workflowFiles(world.git, sha)).find((one) => one.path === path);
  if (!file?.inputs) throw unprocessable("Workflow does not have 'workflow_dispatch' trigger");
  const filled = complete(file.inputs, inputs);
  const runId = nextId(world.state);
  const dispatch: Dispatch = {
    event: "workflow_dispatch",
    path,
    ref: isRef.ref,
    sha,
    inputs: filled,
    actor: grant.login,
    runId,
    at: nowIn(world),
  };
  const { event, actor } = dispatch;
  const named = { name: file.name, title: file.name, headBranch: short, headSha: sha };
  world.state.runs.push(newRun(world, { id: runId, path, event, actor, ...named }));
  world.state.dispatches.push(dispatch);
  world.dispatched(dispatch);
  if (!return_run_details) return { code: 204 };
  return {
    code: 200,
    body: {
      workflow_run_id: runId,
      run_url: apiPath(world.place, `/actions/runs/${runId}`),
      html_url: runPage(world.place, runId),
    },
  };
}

async function dispatchEvent({ body, grant }: Call, world: World): Promise<Reply> {
  const { event_type, client_payload } = eventBody.parse(body);
  const branch = await defaultBranch(world.git);
  const sha = (await resolveCommit(world.git, branch)) ?? "";
  const listening = (await known(world)).filter((one) => one.triggers.includes("repository_dispatch"));
  for (const { path } of listening) {
    const inputs = { action: event_type, client_payload };
    const dispatch: Dispatch = {
      event: "repository_dispatch",
      path,
      ref: `refs/heads/${branch}`,
      sha,
      inputs,
      actor: grant.login,
      runId: null,
      at: nowIn(world),
    };
    world.state.dispatches.push(dispatch);
    world.dispatched(dispatch);
  }
  return { code: 204 };
}

/** Refuses inputs that the workflow does not declare, or does require; fills in the rest. */
function complete(
  declared: NonNullable<WorkflowFile["inputs"]>,
  given: Record<string, unknown>,
): Record<string, unknown> {
  const strangers = Object.keys(given).filter((name) => !(name in declared));
  if (strangers.length > 0) throw unprocessable(`Unexpected inputs provided: ${JSON.stringify(strangers)}`);
  const filled = Object.entries(declared).map(([name, one]) => {
    const value = given[name] ?? one.default;
    if (one.required && (value === undefined || value === ""))
      throw unprocessable(`Required input '${name}' not provided`);
    return [name, value ?? ""];
  });
  return Object.fromEntries(filled);
}

/** GitHub knows the workflows of the default branch. */
async function known(world: World): Promise<WorkflowFile[]> {
  const sha = await resolveCommit(world.git, await defaultBranch(world.git));
  return sha ? workflowFiles(world.git, sha) : [];
}

/** Finds a workflow of the default branch by its id or its file's name. Throws the 404 that GitHub answers without one. */
export async function workflowOf(world: World, wanted = ""): Promise<WorkflowFile> {
  const found = (await known(world)).find(
    (one) => String(one.id) === wanted || one.path === `.github/workflows/${wanted}`,
  );
  if (!found) throw notFound();
  return found;
}

function workflowShape({ place, state }: { place: Place; state: World["state"] }, { id, name, path }: WorkflowFile) {
  return {
    id,
    node_id: nodeId("Workflow", id),
    name,
    path,
    state: "active",
    created_at: state.createdAt,
    updated_at: state.createdAt,
    url: apiPath(place, `/actions/workflows/${id}`),
    html_url: htmlPath(place, `/blob/HEAD/${path}`),
    badge_url: htmlPath(place, `/actions/${path.replace(".github/", "")}/badge.svg`),
  };
}
