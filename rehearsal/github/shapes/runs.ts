import type { Commit } from "../git/objects.ts";
import type { Job, Run } from "../records.ts";
import { workflowId } from "../workflow-files.ts";
import { apiPath, nodeId, type Place, type World } from "../world.ts";
import { runPage } from "./checks.ts";
import { simpleCommit } from "./commits.ts";
import { minimalRepository } from "./repository.ts";
import { userShape } from "./user.ts";

/** Shows a workflow run. */
export function runShape({ place }: World, run: Run, commit: Commit | undefined) {
  const url = apiPath(place, `/actions/runs/${run.id}`);
  const repository = minimalRepository(place);
  const former = run.attempt > 1 ? `${url}/attempts/${run.attempt - 1}` : null;
  return {
    id: run.id,
    name: run.name,
    node_id: nodeId("WorkflowRun", run.id),
    check_suite_id: run.suite,
    check_suite_node_id: nodeId("CheckSuite", run.suite),
    head_branch: run.headBranch,
    head_sha: run.headSha,
    path: run.path,
    run_number: run.number,
    run_attempt: run.attempt,
    referenced_workflows: run.referenced,
    event: run.event,
    status: run.status,
    conclusion: run.conclusion,
    workflow_id: workflowId(run.path),
    url,
    html_url: runPage(place, run.id),
    pull_requests: [],
    created_at: run.createdAt,
    updated_at: run.updatedAt,
    actor: userShape(place, run.actor),
    triggering_actor: userShape(place, run.actor),
    run_started_at: run.startedAt,
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: apiPath(place, `/check-suites/${run.suite}`),
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    previous_attempt_url: former,
    workflow_url: apiPath(place, `/actions/workflows/${workflowId(run.path)}`),
    head_commit: commit ? simpleCommit(commit) : null,
    repository,
    head_repository: repository,
    display_title: run.title,
  };
}

/** Shows a job of a run, with its steps. */
export function jobShape({ place }: World, job: Job, run: Run) {
  return {
    id: job.id,
    run_id: run.id,
    run_url: apiPath(place, `/actions/runs/${run.id}`),
    run_attempt: job.attempt,
    node_id: nodeId("Job", job.id),
    head_sha: run.headSha,
    url: apiPath(place, `/actions/jobs/${job.id}`),
    html_url: `${runPage(place, run.id)}/job/${job.id}`,
    status: job.status,
    conclusion: job.conclusion,
    created_at: job.createdAt,
    started_at: job.startedAt,
    completed_at: job.completedAt,
    name: job.name,
    steps: job.steps.map((step) => ({
      number: step.number,
      name: step.name,
      status: step.status,
      conclusion: step.conclusion,
      started_at: step.startedAt,
      completed_at: step.completedAt,
    })),
    check_run_url: apiPath(place, `/check-runs/${job.checkRun}`),
    labels: job.labels,
    runner_id: 1,
    runner_name: "rehearsal",
    runner_group_id: 1,
    runner_group_name: "rehearsal",
    workflow_name: run.name,
    head_branch: run.headBranch,
  };
}

/** Where a job's log is handed out to whoever was sent there; GitHub uses signed addresses of another host. */
export function jobLogPath({ owner, name }: Place, id: number): string {
  return `/_logs/${owner}/${name}/${id}.txt`;
}
