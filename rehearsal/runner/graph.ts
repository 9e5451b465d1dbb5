/** Runs the jobs of a workflow: each when its needs have ended and its condition holds. */
import type { JobNode, WorkflowNode } from "./called-workflows.ts";
import { evaluateCondition, evaluateText } from "./expressions.ts";
import type { GraphFrame, ReadyJob } from "./graph-frame.ts";
import { triggerOf } from "./inputs.ts";
import type { Json } from "./json.ts";
import { runLegs } from "./legs.ts";
import { type JobOutcome, needsContext, worst } from "./outcomes.ts";
import { entriesOf, field } from "./template.ts";
import { unstarted } from "./unstarted.ts";

/** Runs all jobs and evaluates the outputs of the workflow, whatever its jobs came to. */
export async function runGraph(frame: GraphFrame): Promise<{ outcome: JobOutcome; jobs: Map<string, JobOutcome> }> {
  const outcomes = new Map<string, JobOutcome>();
  const started = new Map<string, Promise<void>>();
  const start = (node: JobNode): Promise<void> => {
    const known = started.get(node.file.id);
    if (known) return known;
    const begun = afterNeeds(node);
    started.set(node.file.id, begun);
    return begun;
  };
  const afterNeeds = async (node: JobNode) => {
    await Promise.all(frame.workflow.jobs.filter(({ file }) => node.file.needs.includes(file.id)).map(start));
    outcomes.set(node.file.id, await runReady(ready(frame, node, outcomes)));
  };
  await Promise.all(frame.workflow.jobs.map(start));
  const all = [...outcomes.values()];
  const outcome = {
    result: worst(all.map(({ result }) => result)),
    outputs: workflowOutputs(frame, outcomes),
    fresh: all.some(({ fresh }) => fresh),
  };
  return { outcome, jobs: outcomes };
}

function ready(frame: GraphFrame, node: JobNode, outcomes: Map<string, JobOutcome>): ReadyJob {
  const before = [...ancestors(frame.workflow, node)].map((id) => outcomes.get(id));
  const some = (result: string) => before.some((outcome) => outcome?.result === result);
  const needs = needsContext(node.file.needs, outcomes);
  const { run } = frame;
  const named = (ids: Json[]) => ids.map((id) => outcomes.get(String(id))?.result);
  return {
    frame,
    node,
    needs,
    keep: frame.keep && before.every((outcome) => outcome?.fresh === false),
    scope: {
      contexts: { github: run.github, needs, vars: run.request.vars ?? {}, inputs: frame.inputs },
      functions: {
        // A skipped job anywhere before this one is no success, also behind a job that ran regardless.
        success: (ids) =>
          !frame.cancelled.aborted &&
          (ids.length > 0 ? named(ids) : before.map((one) => one?.result)).every((result) => result === "success"),
        failure: (ids) => (ids.length > 0 ? named(ids).includes("failure") : some("failure")),
        cancelled: () => frame.cancelled.aborted,
        always: () => true,
      },
    },
  };
}

function ancestors(workflow: WorkflowNode, node: JobNode, found = new Set<string>()): Set<string> {
  for (const id of node.file.needs) {
    if (found.has(id)) continue;
    found.add(id);
    const need = workflow.jobs.find(({ file }) => file.id === id);
    if (need) ancestors(workflow, need, found);
  }
  return found;
}

async function runReady(job: ReadyJob): Promise<JobOutcome> {
  const { frame, node } = job;
  if (frame.run.killed.aborted) return unstarted(job, "lost");
  try {
    if (!evaluateCondition(node.file.condition, job.scope)) return unstarted(job, "skipped");
    return await runLegs(job);
  } catch (thrown) {
    return unstarted(job, "failure", thrown instanceof Error ? thrown.message : String(thrown));
  }
}

function workflowOutputs(frame: GraphFrame, outcomes: Map<string, JobOutcome>): Record<string, string> {
  const { run, workflow, inputs } = frame;
  if (run.killed.aborted) return {};
  const jobs = Object.fromEntries([...outcomes].map(([id, { result, outputs }]) => [id, { result, outputs }]));
  const contexts = { github: run.github, jobs, vars: run.request.vars ?? {}, inputs };
  const declared = entriesOf(field(triggerOf(workflow.file.on, "workflow_call"), "outputs"));
  return Object.fromEntries(declared.map(({ key, value }) => [key, evaluateText(field(value, "value"), { contexts })]));
}
