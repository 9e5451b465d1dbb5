import { readCommits } from "../git/objects.ts";
import { page } from "../pages.ts";
import { notFound, type Reply } from "../problem.ts";
import type { Job, Run } from "../records.ts";
import { environmentLink, reviewersShape } from "../shapes/environments.ts";
import { jobLogPath, jobShape, runShape } from "../shapes/runs.ts";
import { userShape } from "../shapes/user.ts";
import { workflowId } from "../workflow-files.ts";
import type { Call, Routes, World } from "../world.ts";
import { workflowOf } from "./workflows.ts";

/** Workflow runs, their jobs, and the approvals they wait for, as the runner recorded them. */
export const runs: Routes = {
  "actions/list-workflow-runs-for-repo": (call, world) => listRuns(call, world, world.state.runs),
  "actions/list-workflow-runs": async (call, world) => {
    const wanted = call.params.workflow_id ?? "";
    const named = (run: Run) => String(workflowId(run.path)) === wanted || run.path === `.github/workflows/${wanted}`;
    const own = world.state.runs.filter(named);
    if (own.length === 0) await workflowOf(world, wanted);
    return listRuns(call, world, own);
  },
  "actions/get-workflow-run": async ({ params }, world) => ({
    code: 200,
    body: await shown(world, runOf(world, params.run_id)),
  }),
  "actions/get-workflow-run-attempt": async ({ params }, world) => {
    const run = runOf(world, params.run_id);
    const attempt = Number(params.attempt_number);
    if (attempt < 1 || attempt > run.attempt) throw notFound();
    return { code: 200, body: { ...(await shown(world, run)), run_attempt: attempt } };
  },
  "actions/list-jobs-for-workflow-run": (call, world) => {
    const run = runOf(world, call.params.run_id);
    const own = world.state.jobs.filter((job) => job.runId === run.id);
    return listJobs(call, world, run, call.query.filter === "all" ? own : own.filter((job) => isLatest(job, own)));
  },
  "actions/list-jobs-for-workflow-run-attempt": (call, world) => {
    const run = runOf(world, call.params.run_id);
    const attempt = Number(call.params.attempt_number);
    return listJobs(
      call,
      world,
      run,
      world.state.jobs.filter((job) => job.runId === run.id && job.attempt === attempt),
    );
  },
  "actions/get-job-for-workflow-run": ({ params }, world) => {
    const job = world.state.jobs.find((one) => String(one.id) === params.job_id);
    if (!job) throw notFound();
    return { code: 200, body: jobShape(world, job, runOf(world, String(job.runId))) };
  },
  "actions/download-job-logs-for-workflow-run": ({ params }, { state, place }) => {
    const job = state.jobs.find((one) => String(one.id) === params.job_id);
    if (job?.log === undefined) throw notFound();
    return { code: 302, headers: { location: `${place.apiUrl}${jobLogPath(place, job.id)}` } };
  },
  "actions/get-reviews-for-run": approvals,
  "actions/get-pending-deployments-for-run": pendingDeployments,
};

async function listRuns(call: Call, world: World, all: readonly Run[]): Promise<Reply> {
  const { actor, branch, event, status, created, head_sha, check_suite_id } = call.query;
  const matches = (wanted: string | undefined, ...found: (string | null)[]) =>
    wanted === undefined || found.includes(wanted);
  const chosen = all
    .filter((run) => matches(actor, run.actor) && matches(branch, run.headBranch) && matches(event, run.event))
    .filter((run) => matches(status, run.status, run.conclusion) && matches(head_sha, run.headSha))
    .filter((run) => matches(check_suite_id, String(run.suite)) && matches(created, run.createdAt))
    .reverse();
  const shapes = await Promise.all(chosen.map((run) => shown(world, run)));
  return page(call, world, shapes, (workflow_runs, total_count) => ({ total_count, workflow_runs }));
}

function listJobs(call: Call, world: World, run: Run, all: readonly Job[]): Reply {
  return page(
    call,
    world,
    all.map((job) => jobShape(world, job, run)),
    (jobs, total_count) => ({ total_count, jobs }),
  );
}

/** A job that was not run again keeps its earlier attempt, as after "re-run failed jobs". */
function isLatest(job: Job, all: readonly Job[]): boolean {
  return !all.some((one) => one.name === job.name && one.attempt > job.attempt);
}

function approvals({ params }: Call, world: World): Reply {
  const run = runOf(world, params.run_id);
  const own = world.state.approvals.filter((one) => one.runId === run.id);
  const body = own.map(({ environments, state, user, comment }) => ({
    state,
    comment,
    user: userShape(world.place, user),
    environments: world.state.environments
      .filter((one) => environments.includes(one.name))
      .map((one) => ({
        ...environmentLink(world.place, one),
        created_at: one.createdAt,
        updated_at: one.createdAt,
      })),
  }));
  return { code: 200, body };
}

function pendingDeployments({ params }: Call, world: World): Reply {
  const run = runOf(world, params.run_id);
  const body = world.state.pending
    .filter((one) => one.runId === run.id)
    .flatMap(({ environment, since }) => {
      const found = world.state.environments.find((one) => one.name === environment);
      if (!found) return [];
      return [
        {
          environment: environmentLink(world.place, found),
          wait_timer: found.waitMinutes,
          wait_timer_started_at: since,
          current_user_can_approve: false,
          reviewers: reviewersShape(world.place, found),
        },
      ];
    });
  return { code: 200, body };
}

async function shown(world: World, run: Run) {
  const [commit] = await readCommits(world.git, [run.headSha]);
  return runShape(world, run, commit);
}

function runOf(world: World, id: string | undefined): Run {
  const run = world.state.runs.find((one) => String(one.id) === id);
  if (!run) throw notFound();
  return run;
}
