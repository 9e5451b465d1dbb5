/** The concurrency group of a job or of a called workflow. */
import { enterGroup } from "./concurrency.ts";
import type { RunRequest } from "./contract.ts";
import { evaluateTemplate, evaluateText, type Scope } from "./expressions.ts";
import type { JobOutcome } from "./outcomes.ts";
import { neverStarted, type ReadyLeg } from "./ready-leg.ts";
import { follow } from "./signals.ts";
import { field, sourceText, type Template } from "./template.ts";

/** Does the work of a leg inside its concurrency group, once it is admitted. */
export async function inGroup(
  concurrency: Template | undefined,
  ready: ReadyLeg,
  work: (admitted: ReadyLeg) => Promise<JobOutcome>,
): Promise<JobOutcome> {
  if (!concurrency) return work(ready);
  const { run } = ready.job.frame;
  const own = follow(ready.cancelled, () => false);
  const claim = {
    ...readConcurrency(concurrency, ready.scope, run.request),
    cancel: () => own.abort("concurrency"),
  };
  if (ready.held.includes(claim.group)) {
    return neverStarted(
      ready,
      "cancelled",
      `Canceling since a deadlock was detected for concurrency group: '${claim.name}'.`,
    );
  }
  const onWait = () => run.emit({ type: "job-waiting", job: ready.ref, because: "concurrency", name: claim.name });
  const admission = await enterGroup(claim, AbortSignal.any([own.signal, run.killed]), onWait);
  if (!admission.admitted) {
    if (run.killed.aborted) return neverStarted(ready, "lost");
    return neverStarted(
      ready,
      "cancelled",
      "Canceling since a higher priority waiting request exists, or the run was cancelled.",
    );
  }
  try {
    return await work({ ...ready, cancelled: own.signal, held: [...ready.held, claim.group] });
  } finally {
    admission.leave();
    own.release();
  }
}

/** Evaluates a `concurrency` entry; groups of different repositories never meet, nor do those of different servers. */
export function readConcurrency(
  concurrency: Template,
  scope: Scope,
  { apiUrl, repository }: Pick<RunRequest, "apiUrl" | "repository">,
): { group: string; name: string; cancelInProgress: boolean; queue: "single" | "max" } {
  const group = evaluateText(field(concurrency, "group") ?? concurrency, scope);
  const cancelInProgress = evaluateTemplate(field(concurrency, "cancel-in-progress"), scope) === true;
  const queue = sourceText(field(concurrency, "queue")) === "max" ? "max" : "single";
  return { group: `${apiUrl}\n${repository}\n${group}`.toLowerCase(), name: group, cancelInProgress, queue };
}
