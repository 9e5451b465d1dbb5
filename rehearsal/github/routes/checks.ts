import * as z from "zod";
import { objectType } from "../git/objects.ts";
import { newCheckRun } from "../new-check-run.ts";
import { page } from "../pages.ts";
import { notFound, type Reply, unprocessable } from "../problem.ts";
import type { CheckRun } from "../records.ts";
import { checkRunShape, checkSuiteShape } from "../shapes/checks.ts";
import { type Call, nextId, nowIn, type Routes, type World } from "../world.ts";
import { required } from "./commits.ts";

const output = z.object({
  title: z.string().optional(),
  summary: z.string().optional(),
  text: z.string().optional(),
  annotations: z.array(z.unknown()).default([]),
});
const written = z.object({
  name: z.string().optional(),
  head_sha: z.string().optional(),
  details_url: z.string().optional(),
  external_id: z.string().optional(),
  status: z.enum(["queued", "in_progress", "completed"]).optional(),
  started_at: z.string().optional(),
  completed_at: z.string().optional(),
  conclusion: z
    .enum(["action_required", "cancelled", "failure", "neutral", "success", "skipped", "stale", "timed_out"])
    .optional(),
  output: output.optional(),
});

/** Check runs and suites of commits. */
export const checks: Routes = {
  "checks/list-for-ref": async (call, world) => {
    const { sha } = await required(world, call.params.ref ?? "");
    return listRuns(
      call,
      world,
      world.state.checkRuns.filter((run) => run.headSha === sha),
    );
  },
  "checks/list-for-suite": (call, world) => listRuns(call, world, suiteRuns(world, Number(call.params.check_suite_id))),
  "checks/list-suites-for-ref": listSuites,
  "checks/get-suite": async ({ params }, world) => ({
    code: 200,
    body: await suiteShape(world, suiteRuns(world, Number(params.check_suite_id))),
  }),
  "checks/get": ({ params }, world) => ({
    code: 200,
    body: checkRunShape(world, runOf(world, params.check_run_id)),
  }),
  "checks/create": createRun,
  "checks/update": ({ params, body }, world) => {
    const run = runOf(world, params.check_run_id);
    write(run, body, nowIn(world));
    return { code: 200, body: checkRunShape(world, run) };
  },
};

async function createRun({ body }: Call, world: World): Promise<Reply> {
  const { name = "", head_sha: headSha = "" } = written.parse(body);
  if ((await objectType(world.git, headSha)) !== "commit") throw unprocessable(`No commit found for SHA: ${headSha}`);
  const run = newCheckRun(world, { id: nextId(world.state), name, headSha, app: "github-actions" });
  write(run, body, nowIn(world));
  world.state.checkRuns.push(run);
  return { code: 201, body: checkRunShape(world, run) };
}

/** Applies what was sent. A conclusion completes a run, and a completed run needs a conclusion. */
function write(run: CheckRun, body: unknown, now: string): void {
  const {
    name,
    details_url,
    external_id,
    status,
    started_at,
    completed_at,
    conclusion,
    output: shown,
  } = written.parse(body);
  if (status === "completed" && !conclusion && !run.conclusion)
    throw unprocessable("Invalid request.\n\nMissing conclusion for a completed check run.");
  run.name = name ?? run.name;
  run.detailsUrl = details_url ?? run.detailsUrl;
  run.externalId = external_id ?? run.externalId;
  run.startedAt = started_at ?? run.startedAt;
  run.status = conclusion ? "completed" : (status ?? run.status);
  run.conclusion = conclusion ?? run.conclusion;
  run.completedAt = run.status === "completed" ? (completed_at ?? run.completedAt ?? now) : null;
  run.title = shown?.title ?? run.title;
  run.summary = shown?.summary ?? run.summary;
  run.text = shown?.text ?? run.text;
  run.annotations += shown?.annotations.length ?? 0;
}

function listRuns(call: Call, world: World, all: readonly CheckRun[]): Reply {
  const { check_name, status, filter = "latest", app_id } = call.query;
  const chosen = (filter === "latest" ? latest(all) : [...all])
    .filter((run) => check_name === undefined || run.name === check_name)
    .filter((run) => status === undefined || run.status === status)
    .map((run) => checkRunShape(world, run))
    .filter((run) => app_id === undefined || String(run.app.id) === app_id)
    .reverse();
  return page(call, world, chosen, (check_runs, total_count) => ({ total_count, check_runs }));
}

/** Keeps the newest run of each name in each suite, as `filter=latest` does. */
function latest(all: readonly CheckRun[]): CheckRun[] {
  return [...new Map(all.map((run) => [`${run.suite} ${run.name}`, run])).values()];
}

async function listSuites(call: Call, world: World): Promise<Reply> {
  const { sha } = await required(world, call.params.ref ?? "");
  const { check_name } = call.query;
  const runs = world.state.checkRuns.filter(
    (run) => run.headSha === sha && (check_name === undefined || run.name === check_name),
  );
  const ids = [...new Set(runs.map((run) => run.suite))];
  const all = await Promise.all(ids.map((id) => suiteShape(world, suiteRuns(world, id))));
  return page(call, world, all, (check_suites, total_count) => ({ total_count, check_suites }));
}

async function suiteShape(world: World, runs: readonly CheckRun[]) {
  const [first] = runs;
  if (!first) throw notFound();
  const branch = world.state.runs.find((run) => run.suite === first.suite)?.headBranch ?? null;
  return checkSuiteShape(world, latest(runs), await required(world, first.headSha), branch);
}

function suiteRuns(world: World, suite: number): CheckRun[] {
  return world.state.checkRuns.filter((run) => run.suite === suite);
}

function runOf(world: World, id: string | undefined): CheckRun {
  const run = world.state.checkRuns.find((one) => String(one.id) === id);
  if (!run) throw notFound();
  return run;
}
