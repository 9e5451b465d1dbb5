/** The contexts and functions of a running job, and the environment that its processes see. */
import { delimiter } from "node:path";

import type { Scope } from "./expressions.ts";
import { hashFiles } from "./hash-files.ts";
import { host, hostEnvironment } from "./host-environment.ts";
import type { JobState, StepScope } from "./job-state.ts";
import { isObject, type Json, type JsonObject } from "./json.ts";

/** Everything that expressions of a job or step may see. `env` is what the step adds. */
export function scopeOf(state: JobState, scope: StepScope, env: Record<string, string> = {}): Scope {
  const { given, run } = state.plan;
  return {
    contexts: {
      github: githubContext(state, scope),
      needs: given.needs,
      strategy: given.strategy,
      matrix: given.matrix,
      inputs: scope.inputs,
      vars: run.request.vars ?? {},
      secrets: { ...given.secrets, GITHUB_TOKEN: state.token },
      steps: scope.steps,
      job: jobContext(state),
      runner: runnerContext(state),
      env: { ...state.env, ...scope.env, ...env },
    },
    functions: {
      success: () => !state.cancelled.aborted && !failed(state, scope),
      failure: () => !state.cancelled.aborted && failed(state, scope),
      cancelled: () => state.cancelled.aborted,
      always: () => true,
      hashfiles: (patterns) => hashFiles(state.paths.workspace, patterns.map(String)),
    },
  };
}

function failed(state: JobState, { composite }: StepScope): boolean {
  return composite ? composite.failed : state.status === "failure";
}

function githubContext(state: JobState, { github }: StepScope): JsonObject {
  const { ref, run } = state.plan;
  return {
    ...run.github,
    job: ref.id,
    token: state.token,
    workspace: state.paths.workspace,
    event_path: run.eventPath,
    ...github,
  };
}

function jobContext({ plan, status }: JobState): JsonObject {
  const { place } = plan.workflow.file;
  return {
    status,
    check_run_id: plan.ref.number,
    workflow_ref: `${place.repository}/${place.path}@${place.ref}`,
    workflow_sha: place.sha,
    workflow_repository: place.repository,
    workflow_file_path: place.path,
    container: {},
    services: {},
  };
}

function runnerContext({ paths }: JobState): JsonObject {
  return {
    name: "rehearsal",
    os: host.os,
    arch: host.arch,
    environment: "self-hosted",
    temp: paths.temp,
    tool_cache: paths.tools,
    workspace: paths.workspace,
    debug: "",
  };
}

const exported = new Set(
  "action_path action_ref action_repository action actor actor_id api_url base_ref event_name event_path graphql_url head_ref job ref ref_name ref_protected ref_type repository repository_id repository_owner repository_owner_id retention_days run_attempt run_id run_number server_url sha triggering_actor workflow workflow_ref workflow_sha workspace".split(
    " ",
  ),
);

/** The environment of a step's process. The runner's own variables win over those of the workflow, as on GitHub. */
export function processEnvironment(
  state: JobState,
  scope: StepScope,
  added: Record<string, string>,
): Record<string, string> {
  const { run } = state.plan;
  const env = {
    ...hostEnvironment(run.request.node, state.paths.home, run.request.env ?? {}),
    ...state.env,
    ...scope.env,
    ...added,
  };
  const path = [...state.path, env.PATH ?? ""].join(delimiter);
  return {
    ...env,
    PATH: path,
    GITHUB_ACTIONS: "true",
    ...githubVariables(githubContext(state, scope)),
    RUNNER_OS: host.os,
    RUNNER_ARCH: host.arch,
    RUNNER_NAME: "rehearsal",
    RUNNER_ENVIRONMENT: "self-hosted",
    RUNNER_TEMP: state.paths.temp,
    RUNNER_TOOL_CACHE: state.paths.tools,
    RUNNER_WORKSPACE: state.paths.workspace,
    RUNNER_TRACKING_ID: env.RUNNER_TRACKING_ID ?? state.trackingId,
  };
}

function githubVariables(github: JsonObject): Record<string, string> {
  const variables = Object.entries(github).filter(([key, value]) => exported.has(key) && isScalar(value));
  return Object.fromEntries(variables.map(([key, value]) => [`GITHUB_${key.toUpperCase()}`, String(value ?? "")]));
}

function isScalar(value: Json): boolean {
  return !Array.isArray(value) && !isObject(value);
}
