import * as z from "zod";
import { type GitHubClient, githubClient, httpStatus } from "#src/adapters/github-client";
import { type GitHubPlace, once, placeOf } from "#src/adapters/github-place";
import { questionFailure, readTrouble } from "#src/adapters/github-refusal";
import type { Dispatching, DispatchRequest, FailedJob, WorkflowRun, WorkflowRuns } from "#src/ports/workflow-runs";

const run = z
  .object({
    id: z.int(),
    html_url: z.string(),
    event: z.string(),
    head_sha: z.string(),
    head_branch: z.string().nullish(),
    created_at: z.iso.datetime(),
    status: z.string().nullish(),
    conclusion: z.string().nullish(),
  })
  .transform(
    (seen): WorkflowRun => ({
      id: seen.id,
      url: seen.html_url,
      event: seen.event,
      sha: seen.head_sha,
      ref: seen.head_branch ?? "",
      created: new Date(seen.created_at),
      finished: seen.status === "completed",
      conclusion: seen.conclusion ?? "",
    }),
  );
const runList = z.object({ workflow_runs: z.array(run) });
const started = z.object({ workflow_run_id: z.int(), html_url: z.string() });
const step = z.object({ name: z.string(), conclusion: z.string().nullish() });
const job = z.object({
  id: z.int(),
  name: z.string(),
  html_url: z.string().nullish(),
  conclusion: z.string().nullish(),
  steps: z.array(step).nullish(),
});
const jobList = z.object({ total_count: z.int(), jobs: z.array(job) });

const harmless = ["success", "skipped", "neutral"];
const pageSize = 100;
const mostPages = 10;
const logsWanted = 3;
const logLimit = 64 * 1024;

/** Starts workflows and reads their runs through the API; needs `actions: write`, or `actions: read` where nothing is started. */
export function githubWorkflowRuns(token: string, repository: string, client = githubClient(token)): WorkflowRuns {
  const at = placeOf(repository);
  return {
    list: (workflow, sha) =>
      ask(`list the runs of ${workflow}`, async () => {
        const route = "GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs";
        const { data } = await client.request(route, { ...at, workflow_id: workflow, head_sha: sha, per_page: 100 });
        return runList.parse(data).workflow_runs;
      }),
    dispatch: (request) => dispatch(client, at, request),
    read: (id) => ask(`show run ${id}`, () => readRun(client, at, id)),
    succeededJobs: (id) => ask(`list the jobs of run ${id}`, () => succeededJobs(client, at, id)),
    failedJobs: (id) => ask(`list the jobs of run ${id}`, () => failedJobs(client, at, id)),
  };
}

async function readRun(client: GitHubClient, at: GitHubPlace, id: number): Promise<WorkflowRun | "absent"> {
  try {
    const { data } = await client.request("GET /repos/{owner}/{repo}/actions/runs/{run_id}", { ...at, run_id: id });
    return run.parse(data);
  } catch (error) {
    if (httpStatus(error) === 404) return "absent";
    throw error;
  }
}

async function dispatch(
  client: GitHubClient,
  at: GitHubPlace,
  { workflow, ref, inputs }: DispatchRequest,
): Promise<Dispatching> {
  const send = async (extra: { return_run_details?: boolean }): Promise<Dispatching> => {
    const route = "POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches";
    const { data } = await client.request(route, { ...at, ...once, workflow_id: workflow, ref, inputs, ...extra });
    const parsed = started.safeParse(data);
    if (!parsed.success) return { outcome: "accepted" };
    return { outcome: "started", id: parsed.data.workflow_run_id, url: parsed.data.html_url };
  };
  try {
    return await send({ return_run_details: true }).catch((error: unknown) => {
      // Older servers refuse the field, and with it the whole request: nothing was started.
      const { http, words } = readTrouble(error, "");
      if ((http === 400 || http === 422) && words.includes("return_run_details")) return send({});
      throw error;
    });
  } catch (error) {
    return dispatchTrouble(error);
  }
}

/** Reads an error of a dispatch. Without an answer, or with a server's own trouble, a run may have started. */
export function dispatchTrouble(error: unknown): Dispatching {
  const { http, because, code } = readTrouble(error, "actions: write", "absent");
  if (http === undefined || http >= 500) return { outcome: "unclear", because };
  return { outcome: "refused", code: code ?? "tag.dispatch-failed", because };
}

async function jobsOf(client: GitHubClient, at: GitHubPlace, id: number): Promise<z.output<typeof job>[]> {
  const route = "GET /repos/{owner}/{repo}/actions/runs/{run_id}/jobs";
  const found: z.output<typeof job>[] = [];
  for (let page = 1; page <= mostPages; page += 1) {
    const which = { run_id: id, filter: "latest" as const, per_page: pageSize, page };
    const { data } = await client.request(route, { ...at, ...which });
    const { total_count, jobs } = jobList.parse(data);
    found.push(...jobs);
    if (found.length >= total_count) return found;
    if (jobs.length === 0) break;
  }
  throw new Error(`expected to read all jobs of the run, found more than ${found.length}`);
}

async function succeededJobs(client: GitHubClient, at: GitHubPlace, id: number): Promise<string[]> {
  const jobs = await jobsOf(client, at, id);
  return jobs.filter(({ conclusion }) => conclusion === "success").map(({ name }) => name);
}

async function failedJobs(client: GitHubClient, at: GitHubPlace, id: number): Promise<FailedJob[]> {
  const jobs = await jobsOf(client, at, id);
  const failed = jobs.filter(({ conclusion }) => !harmless.includes(conclusion ?? ""));
  return Promise.all(
    failed.map(async ({ id: jobId, name, html_url, conclusion, steps }, index) => ({
      name,
      url: html_url ?? "",
      conclusion: conclusion ?? "no conclusion",
      step: steps?.find((one) => one.conclusion === "failure")?.name ?? "",
      log: index < logsWanted ? await logOf(client, at, jobId) : undefined,
    })),
  );
}

/** The end of a job's log. A log that is not handed out takes nothing away from the finding that the job failed. */
async function logOf(client: GitHubClient, at: GitHubPlace, jobId: number): Promise<string | undefined> {
  try {
    const { data } = await client.request("GET /repos/{owner}/{repo}/actions/jobs/{job_id}/logs", {
      ...at,
      ...once,
      job_id: jobId,
    });
    return typeof data === "string" ? data.slice(-logLimit) : undefined;
  } catch {
    return undefined;
  }
}

async function ask<Answer>(question: string, request: () => Promise<Answer>): Promise<Answer> {
  try {
    return await request();
  } catch (error) {
    throw questionFailure(readTrouble(error, "actions: write", "absent"), question, "tag.dispatch-failed");
  }
}
