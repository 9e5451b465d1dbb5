import type { Commit } from "../git/objects.ts";
import type { CheckRun } from "../records.ts";
import { apiPath, htmlPath, nodeId, type Place, type World } from "../world.ts";
import { simpleCommit } from "./commits.ts";
import { minimalRepository } from "./repository.ts";
import { appShape } from "./user.ts";

/** Shows a check run. `startup_failure` and `stale` belong to suites only, so a run never has them. */
export function checkRunShape({ place, state }: World, run: CheckRun) {
  const url = apiPath(place, `/check-runs/${run.id}`);
  const { title, summary, text } = run;
  return {
    id: run.id,
    head_sha: run.headSha,
    node_id: nodeId("CheckRun", run.id),
    external_id: run.externalId,
    url,
    html_url: htmlPath(place, `/runs/${run.id}`),
    details_url: run.detailsUrl ?? htmlPath(place, `/runs/${run.id}`),
    status: run.status,
    conclusion: run.conclusion,
    started_at: run.startedAt,
    completed_at: run.completedAt,
    output: { title, summary, text, annotations_count: run.annotations, annotations_url: `${url}/annotations` },
    name: run.name,
    check_suite: { id: run.suite },
    app: appShape(place, run.app, state.createdAt),
    pull_requests: [],
  };
}

/** Shows a suite: all check runs of one app on one commit, concluded by the worst among them. */
export function checkSuiteShape(
  { place, state }: World,
  runs: readonly CheckRun[],
  commit: Commit,
  branch: string | null,
) {
  const [first] = runs;
  const id = first?.suite ?? 0;
  const done = runs.every((run) => run.status === "completed");
  const moments = runs
    .flatMap((run) => [run.startedAt, run.completedAt])
    .filter((at) => at !== null)
    .sort();
  return {
    id,
    node_id: nodeId("CheckSuite", id),
    head_branch: branch,
    head_sha: commit.sha,
    status: done ? "completed" : runs.some((run) => run.status === "in_progress") ? "in_progress" : "queued",
    conclusion: done ? worst(runs) : null,
    url: apiPath(place, `/check-suites/${id}`),
    before: commit.parents[0] ?? null,
    after: commit.sha,
    pull_requests: [],
    app: appShape(place, first?.app ?? "github-actions", state.createdAt),
    repository: minimalRepository(place),
    created_at: moments[0] ?? null,
    updated_at: moments.at(-1) ?? null,
    head_commit: simpleCommit(commit),
    latest_check_runs_count: runs.length,
    check_runs_url: apiPath(place, `/check-suites/${id}/check-runs`),
  };
}

function worst(runs: readonly CheckRun[]): string {
  const order = ["failure", "timed_out", "cancelled", "action_required", "success", "neutral"];
  return order.find((one) => runs.some((run) => run.conclusion === one)) ?? "skipped";
}

/** Tells where a place's runs are shown to people. */
export function runPage(place: Place, runId: number): string {
  return htmlPath(place, `/actions/runs/${runId}`);
}
