import * as z from "zod";
import { type GitHubClient, githubClient, httpStatus } from "#src/adapters/github-client";
import { type GitHubPlace, placeOf } from "#src/adapters/github-place";
import { questionFailure, readTrouble } from "#src/adapters/github-refusal";
import { artifactName } from "#src/domain/artifact-name";
import type { BuildRun, BuildRuns, RunJob } from "#src/ports/build-runs";

const run = z
  .object({
    id: z.int(),
    repository: z.object({ full_name: z.string() }),
    head_repository: z.object({ full_name: z.string() }).nullish(),
    path: z.string(),
    event: z.string(),
    head_sha: z.string(),
    head_branch: z.string().nullish(),
    html_url: z.string(),
    status: z.string().nullish(),
    conclusion: z.string().nullish(),
  })
  .transform(
    (seen): BuildRun => ({
      id: String(seen.id),
      repository: seen.repository.full_name,
      // A run that was started by a reference carries it behind the path.
      workflow: seen.path.replace(/@.*$/, ""),
      source: seen.head_repository?.full_name ?? "",
      event: seen.event,
      sha: seen.head_sha,
      branch: seen.head_branch ?? "",
      url: seen.html_url,
      finished: seen.status === "completed",
      conclusion: seen.conclusion ?? "",
    }),
  );
const runList = z.object({ workflow_runs: z.array(z.object({ id: z.int() })) });
const artifactList = z.object({
  artifacts: z.array(z.object({ created_at: z.string(), workflow_run: z.object({ id: z.int() }).nullish() })),
});
const jobList = z.object({ jobs: z.array(z.object({ name: z.string(), conclusion: z.string().nullish() })) });

/** Runs that have tagged are looked for among the newest, and among those that did so in one of their first attempts. */
const mostTagged = 40;
const attempts = [1, 2, 3];

/** Reads runs through the API; needs `actions: read`. */
export function githubBuildRuns(token: string, repository: string, client?: GitHubClient): BuildRuns {
  const at = placeOf(repository);
  const api = () => client ?? githubClient(token);
  return {
    read: (id) => ask(`show run ${id}`, () => readRun(api(), at, id)),
    on: (sha) => ask(`list the runs on ${sha}`, () => listRuns(api(), at, sha)),
    tagged: () => ask("list the runs that have tagged", () => listTagged(api(), at)),
    jobs: (id) => ask(`list the jobs of run ${id}`, () => listJobs(api(), at, id)),
  };
}

async function readRun(client: GitHubClient, at: GitHubPlace, id: string): Promise<BuildRun | "absent"> {
  try {
    const route = "GET /repos/{owner}/{repo}/actions/runs/{run_id}";
    const { data } = await client.request(route, { ...at, run_id: Number(id) });
    return run.parse(data);
  } catch (error) {
    if (httpStatus(error) === 404) return "absent";
    throw error;
  }
}

async function listRuns(client: GitHubClient, at: GitHubPlace, sha: string): Promise<string[]> {
  const { data } = await client.request("GET /repos/{owner}/{repo}/actions/runs", {
    ...at,
    head_sha: sha,
    per_page: 100,
  });
  return runList.parse(data).workflow_runs.map(({ id }) => String(id));
}

/** An artifact is found by its whole name alone, which ends with the attempt that tagged. */
async function listTagged(client: GitHubClient, at: GitHubPlace): Promise<string[]> {
  const route = "GET /repos/{owner}/{repo}/actions/artifacts";
  const lists = attempts.map(async (attempt) => {
    const name = artifactName("auto-tag", "", attempt);
    return artifactList.parse((await client.request(route, { ...at, name, per_page: mostTagged })).data).artifacts;
  });
  const found = (await Promise.all(lists)).flat();
  const newest = found.sort((a, b) => b.created_at.localeCompare(a.created_at));
  return [...new Set(newest.flatMap(({ workflow_run }) => workflow_run?.id ?? []))].slice(0, mostTagged).map(String);
}

async function listJobs(client: GitHubClient, at: GitHubPlace, id: string): Promise<RunJob[]> {
  const route = "GET /repos/{owner}/{repo}/actions/runs/{run_id}/jobs";
  const { data } = await client.request(route, { ...at, run_id: Number(id), filter: "latest", per_page: 100 });
  return jobList.parse(data).jobs.map(({ name, conclusion }) => ({ name, conclusion: conclusion ?? "" }));
}

async function ask<Answer>(question: string, request: () => Promise<Answer>): Promise<Answer> {
  try {
    return await request();
  } catch (error) {
    throw questionFailure(readTrouble(error, "actions: read", "absent"), question, "publish.remote-unknown");
  }
}
