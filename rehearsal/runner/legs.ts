/** Runs the legs of a job: what is kept from an earlier attempt, fail-fast, and how many at once. */
import type { JobRef, JobResult } from "./contract.ts";
import { evaluateCondition, type Scope } from "./expressions.ts";
import type { ReadyJob } from "./graph-frame.ts";
import { jobNumber, legDisplayName, legKey } from "./job-names.ts";
import { runLeg } from "./leg.ts";
import { expandStrategy, type Leg } from "./matrix.ts";
import { type JobOutcome, mergeLegs } from "./outcomes.ts";
import { follow } from "./signals.ts";
import { openSlots } from "./slots.ts";
import { field } from "./template.ts";

/** Runs all legs of a job whose condition holds. Throws an `Error` for a matrix that cannot be expanded. */
export async function runLegs(job: ReadyJob): Promise<JobOutcome> {
  const { frame, node } = job;
  const legs = expandStrategy(field(node.file.body, "strategy"), job.scope);
  const slots = openSlots(legs[0]?.strategy["max-parallel"] ?? 1);
  // A cancelled run asks the condition of each running job again: `always()` goes on.
  const whole = follow(frame.cancelled, () => !node.called && evaluateCondition(node.file.condition, job.scope));
  // GitHub's fail-fast spares the legs that may go on after a cancellation, too; what runs inside them decides.
  const outcomes = await Promise.all(
    legs.map((leg) =>
      slots.use(async () => {
        const outcome = await runOrKeep(job, leg, whole.signal);
        if (leg.strategy["fail-fast"] && legs.length > 1 && outcome.result === "failure") whole.abort("fail-fast");
        return outcome;
      }),
    ),
  );
  whole.release();
  return mergeLegs(outcomes, node.called !== undefined);
}

async function runOrKeep(job: ReadyJob, leg: Leg, cancelled: AbortSignal): Promise<JobOutcome> {
  const { frame, node } = job;
  const scope = legScope(job.scope, leg);
  const key = `${frame.caller.key}${node.file.id}${legKey(leg.matrix)}`;
  const { previous, run } = frame.run.request;
  const earlier = previous?.jobs.find((one) => one.key === key);
  if (job.keep && earlier && earlier.conclusion === "success") return kept(frame.run.results, earlier);
  const ref: JobRef = {
    key,
    number: jobNumber(run, key),
    id: node.file.id,
    name: `${frame.caller.name}${legDisplayName(node.file.id, field(node.file.body, "name"), { ...leg, scope })}`,
    workflowFile: frame.workflow.file.place.label,
    attempt: run.attempt,
  };
  return runLeg({ job, leg, ref, scope, cancelled, held: frame.held });
}

function kept(results: JobResult[], earlier: JobResult): JobOutcome {
  results.push(earlier);
  return { result: earlier.result, outputs: earlier.outputs, fresh: false };
}

function legScope(scope: Scope, { matrix, strategy }: Leg): Scope {
  return { ...scope, contexts: { ...scope.contexts, matrix, strategy } };
}
