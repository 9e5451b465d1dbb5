/** Runs one leg of a job: its concurrency group, then what it calls, or its environment and its steps. */
import { evaluateTemplate, evaluateText, evaluateTexts } from "./expressions.ts";
import type { GraphFrame } from "./graph-frame.ts";
import { declaredInputs, triggerOf, typedInputs } from "./inputs.ts";
import { runJob } from "./job.ts";
import type { JobPlan } from "./job-state.ts";
import { isObject } from "./json.ts";
import { inGroup } from "./leg-group.ts";
import type { JobOutcome } from "./outcomes.ts";
import { neverStarted, type ReadyLeg } from "./ready-leg.ts";
import { labelsOf, refusedLabel } from "./refusal.ts";
import { field, sourceText } from "./template.ts";

/** Runs a leg to its end. Nothing is thrown: what breaks before it starts is a failed job with an annotation. */
export async function runLeg(ready: ReadyLeg): Promise<JobOutcome> {
  try {
    return await inGroup(field(ready.job.node.file.body, "concurrency"), ready, (admitted) =>
      ready.job.node.called ? runCalled(admitted) : runOwn(admitted),
    );
  } catch (thrown) {
    return neverStarted(ready, "failure", thrown instanceof Error ? thrown.message : String(thrown));
  }
}

async function runCalled(ready: ReadyLeg): Promise<JobOutcome> {
  const { job, ref, scope } = ready;
  const { called, file } = job.node;
  if (!called) throw new Error("only a job that calls a workflow can be run as one");
  const given = evaluateTemplate(field(file.body, "with"), scope);
  const trigger = triggerOf(called.file.on, "workflow_call");
  const { inputs, complaints } = typedInputs(declaredInputs(trigger), isObject(given) ? given : {}, scope);
  if (complaints.length > 0) throw new Error(`Error calling workflow '${file.call?.uses}'. ${complaints.join(" ")}`);
  const below: GraphFrame = {
    ...job.frame,
    workflow: called,
    caller: { key: `${ref.key}/`, name: `${ref.name} / ` },
    inputs,
    secrets: secretsFor(ready),
    keep: job.keep,
  };
  const contexts = { github: job.frame.run.github, vars: job.frame.run.request.vars ?? {}, inputs };
  return inGroup(called.file.concurrency, { ...ready, scope: { contexts } }, ({ cancelled, held }) =>
    job.frame.runCalled({ ...below, cancelled, held }),
  );
}

function secretsFor({ job, scope }: ReadyLeg): Record<string, string> {
  const secrets = field(job.node.file.body, "secrets");
  if (sourceText(secrets) === "inherit") return job.frame.secrets;
  return evaluateTexts(secrets, { ...scope, contexts: { ...scope.contexts, secrets: job.frame.secrets } });
}

async function runOwn(ready: ReadyLeg): Promise<JobOutcome> {
  const { job, ref, scope, cancelled, leg } = ready;
  const { frame, node } = job;
  const { run } = frame;
  const runsOn = field(node.file.body, "runs-on");
  const refused = runsOn ? labelsOf(runsOn, scope.contexts).find((label) => !run.labels.includes(label)) : "";
  if (refused !== undefined) return neverStarted(ready, "failure", refusedLabel(refused, run.labels));
  const environment = environmentName(ready);
  if (environment !== undefined && !(await approved(ready, environment))) {
    if (run.killed.aborted) return neverStarted(ready, "lost");
    if (cancelled.aborted) return neverStarted(ready, "cancelled");
    return neverStarted(ready, "failure", `The deployment to the environment '${environment}' was rejected.`);
  }
  return run.slots.use(async () => {
    if (run.killed.aborted) return neverStarted(ready, "lost");
    if (cancelled.aborted) return neverStarted(ready, "cancelled");
    const plan: JobPlan = {
      run,
      ref,
      workflow: frame.workflow,
      node,
      permissions: node.permissions,
      given: { needs: job.needs, inputs: frame.inputs, secrets: frame.secrets, ...leg },
      ...(environment === undefined ? {} : { environment }),
      cancelled,
    };
    const result = await runJob(plan);
    run.results.push(result);
    return { result: result.result, outputs: result.outputs, fresh: true };
  });
}

function environmentName({ job, scope }: ReadyLeg): string | undefined {
  const environment = field(job.node.file.body, "environment");
  if (!environment) return undefined;
  return evaluateText(field(environment, "name") ?? environment, scope) || undefined;
}

/** Waits for the reviewers of an environment; a cancelled or lost run waits no longer. */
async function approved({ job, ref, cancelled }: ReadyLeg, environment: string): Promise<boolean> {
  const { run } = job.frame;
  const protection = await run.services.environmentProtection(environment);
  if (protection === "absent" || protection.reviewers.length === 0) return true;
  run.emit({ type: "job-waiting", job: ref, because: "environment", name: environment });
  const stopped = AbortSignal.any([cancelled, run.killed]);
  const given = new Promise<"stopped">((resolve) => {
    if (stopped.aborted) resolve("stopped");
    else stopped.addEventListener("abort", () => resolve("stopped"), { once: true });
  });
  const answer = run.services.review({ environment, job: ref, reviewers: protection.reviewers });
  return (await Promise.race([given, answer])) === "approved";
}
