/** Runs one job with steps from its folders to its outputs. */
import { randomUUID } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { runPosts, runPres } from "./action-phases.ts";
import { scopeOf } from "./contexts.ts";
import type { Conclusion, JobResult } from "./contract.ts";
import { evaluateTemplate, evaluateTexts } from "./expressions.ts";
import { annotateJob, environmentUrl, isForgiven, outputsOf } from "./job-end.ts";
import type { JobPaths, JobPlan, JobState, StepScope } from "./job-state.ts";
import { createMasks } from "./masks.ts";
import { killTracked } from "./process-tree.ts";
import { follow } from "./signals.ts";
import { runSteps } from "./step.ts";
import { field } from "./template.ts";
import { startTimer } from "./time-limit.ts";

/** Runs a job. Nothing is thrown: what breaks before the first step is a failed job with an annotation. */
export async function runJob(plan: JobPlan): Promise<JobResult> {
  const startedAt = new Date();
  const state = await openState(plan);
  plan.run.emit({ type: "job-started", job: plan.ref, ...environmentOf(plan) });
  const scope: StepScope = { steps: {}, inputs: plan.given.inputs, env: {}, github: {} };
  const stopWatching = watch(state);
  try {
    await runPhases(state, scope);
  } catch (thrown) {
    annotateJob(state, thrown instanceof Error ? thrown.message : String(thrown));
    state.status = "failure";
  }
  stopWatching();
  killTracked(state.trackingId);
  const outputs = plan.run.killed.aborted ? {} : outputsOf(state, scope);
  const conclusion: Conclusion = plan.run.killed.aborted ? "lost" : state.status;
  const url = environmentUrl(state, scope);
  const result: JobResult = {
    ...plan.ref,
    conclusion,
    result: conclusion === "failure" && isForgiven(state, scope) ? "success" : conclusion,
    outputs,
    permissions: plan.permissions,
    startedAt: startedAt.toISOString(),
    finishedAt: new Date().toISOString(),
    steps: state.results,
    annotations: state.annotations,
  };
  plan.run.emit({ type: "job-finished", job: plan.ref, conclusion, ...environmentOf(plan), ...url, result });
  return result;
}

const environmentOf = ({ environment }: JobPlan) => (environment === undefined ? {} : { environment });

async function openState(plan: JobPlan): Promise<JobState> {
  const { run, ref, given } = plan;
  const paths = await makeFolders(plan);
  const about = { runId: run.request.run.id, job: ref };
  const token = await run.services.issueToken({ ...about, permissions: plan.permissions });
  const runtimeToken = await run.services.runtimeToken(about);
  const id = plan.permissions["id-token"] === "write" ? await run.services.idToken?.(about) : undefined;
  const own = follow(plan.cancelled, () => false);
  return {
    plan,
    paths,
    masks: createMasks([...Object.values(given.secrets), token, runtimeToken, ...(id ? [id.token] : [])]),
    token,
    runtime: { token: runtimeToken, ...(id ? { id } : {}) },
    status: "success",
    cancelled: own.signal,
    abort: own.abort,
    forced: run.killed,
    env: {},
    path: [],
    posts: [],
    prepared: new Map(),
    results: [],
    annotations: [],
    trackingId: `github_${randomUUID()}`,
  };
}

async function makeFolders({ run, ref }: JobPlan): Promise<JobPaths> {
  const root = join(run.request.home, "jobs", `${ref.attempt}-${ref.number}`);
  const name = run.request.repository.split("/").at(-1) ?? "repository";
  const paths = {
    workspace: join(root, "work", name, name),
    temp: join(root, "temp"),
    tools: join(root, "tools"),
    home: join(root, "home"),
  };
  await Promise.all(Object.values(paths).map((path) => mkdir(path, { recursive: true })));
  return paths;
}

/** Watches for cancellation: GitHub ends a cancelled job by force when its `always()` steps take too long. */
function watch(state: JobState): () => void {
  const force = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  state.forced = AbortSignal.any([state.plan.run.killed, force.signal]);
  const onCancel = () => {
    state.status = "cancelled";
    timer = setTimeout(() => force.abort(), state.plan.run.delays.force);
  };
  if (state.cancelled.aborted) onCancel();
  else state.cancelled.addEventListener("abort", onCancel, { once: true });
  return () => {
    state.cancelled.removeEventListener("abort", onCancel);
    clearTimeout(timer);
  };
}

async function runPhases(state: JobState, scope: StepScope): Promise<void> {
  const { node, workflow } = state.plan;
  const minutes = evaluateTemplate(field(node.file.body, "timeout-minutes"), scopeOf(state, scope)) ?? 360;
  const timer = startTimer(minutes, state, () => {
    annotateJob(
      state,
      `The job running on runner rehearsal has exceeded the maximum execution time of ${minutes} minutes.`,
    );
    state.abort("job-timeout");
  });
  try {
    state.env = evaluateTexts(workflow.file.env, scopeOf(state, scope));
    state.env = { ...state.env, ...evaluateTexts(field(node.file.body, "env"), scopeOf(state, scope)) };
    const site = { scope, place: workflow.file.place, parent: state.cancelled };
    await runPres(state, node.file.steps, site);
    await runSteps(state, node.file.steps, site);
    await runPosts(state);
  } finally {
    clearTimeout(timer);
  }
}
