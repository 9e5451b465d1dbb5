/** Jobs that never start: skipped, refused, cancelled before their turn, or lost with their machine. */
import type { JobRef } from "./contract.ts";
import { evaluateText } from "./expressions.ts";
import type { ReadyJob } from "./graph-frame.ts";
import { jobNumber } from "./job-names.ts";
import type { JobOutcome } from "./outcomes.ts";
import type { RunFrame } from "./run-frame.ts";
import { field } from "./template.ts";

/** How a job can end without having started. */
export type UnstartedConclusion = "skipped" | "failure" | "cancelled" | "lost";

/** Records a job that never started, and why. */
export function unstarted(job: ReadyJob, conclusion: UnstartedConclusion, message?: string): JobOutcome {
  const { frame, node } = job;
  const key = `${frame.caller.key}${node.file.id}`;
  const previous = frame.run.request.previous?.jobs.find((one) => one.key === key);
  const ref: JobRef = {
    key,
    number: jobNumber(frame.run.request.run, key),
    id: node.file.id,
    name: `${frame.caller.name}${plainName(job)}`,
    workflowFile: frame.workflow.file.place.label,
    attempt: frame.run.request.run.attempt,
  };
  recordUnstarted(frame.run, ref, { conclusion, ...(message === undefined ? {} : { message }) });
  const skippedAgain = conclusion === "skipped" && previous?.conclusion === "skipped";
  return { result: conclusion, outputs: {}, fresh: !skippedAgain };
}

/** Writes down a job without steps, with its message as an annotation. */
export function recordUnstarted(
  run: RunFrame,
  ref: JobRef,
  { conclusion, message }: { conclusion: UnstartedConclusion; message?: string },
): void {
  const annotations = message === undefined ? [] : [{ level: "error" as const, message }];
  for (const annotation of annotations) run.emit({ type: "annotation", job: ref, annotation });
  run.results.push({ ...ref, conclusion, result: conclusion, outputs: {}, permissions: {}, steps: [], annotations });
  run.emit({ type: "job-finished", job: ref, conclusion });
}

function plainName({ node, scope }: ReadyJob): string {
  const name = field(node.file.body, "name");
  try {
    return (name && evaluateText(name, scope)) || node.file.id;
  } catch {
    return node.file.id;
  }
}
