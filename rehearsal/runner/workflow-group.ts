/** The concurrency group of a whole run. */
import type { WorkflowNode } from "./called-workflows.ts";
import { enterGroup } from "./concurrency.ts";
import type { runGraph } from "./graph.ts";
import type { JsonObject } from "./json.ts";
import { readConcurrency } from "./leg-group.ts";
import type { OpenFrame } from "./open-frame.ts";
import type { JobOutcome } from "./outcomes.ts";

/** Runs the jobs of a workflow inside its group; a run that is superseded while it waits is a cancelled one without jobs. */
export async function inWorkflowGroup(
  { run, cancel }: OpenFrame,
  { file, inputs }: { file: WorkflowNode["file"]; inputs: JsonObject },
  work: (held: string[]) => ReturnType<typeof runGraph>,
): Promise<Map<string, JobOutcome>> {
  if (!file.concurrency) return (await work([])).jobs;
  const contexts = { github: run.github, vars: run.request.vars ?? {}, inputs };
  const claim = {
    ...readConcurrency(file.concurrency, { contexts }, run.request),
    cancel: () => cancel("concurrency"),
  };
  const admission = await enterGroup(claim, AbortSignal.any([run.cancelled, run.killed]), () =>
    run.emit({ type: "run-waiting", runId: run.request.run.id, group: claim.name }),
  );
  if (!admission.admitted) {
    cancel("concurrency");
    return new Map();
  }
  try {
    return (await work([claim.group])).jobs;
  } finally {
    admission.leave();
  }
}
