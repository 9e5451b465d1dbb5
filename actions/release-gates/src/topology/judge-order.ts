import type { GateOf } from "#src/contract/config/gates";
import { isCheckout, takesAnother } from "./checkout-step.ts";
import { type Complaint, complain } from "./complaint.ts";
import { demands, outlivesFailure } from "./condition.ts";
import { inputsOf, type Job, type Workflow } from "./workflow.ts";

type Expected = GateOf<"topology">["workflows"][number];

const prepares = /\/\.github\/workflows\/prepare-release\.yml@/;
const concludes = /\/\.github\/workflows\/conclude-release\.yml@/;
const reports = /\/\.github\/workflows\/(?:conclude-release|file-blockers)\.yml@/;

/**
 * Judges the order of the jobs. Where a workflow prepares a release, every job waits for that, checks the prepared commit
 * out, and the job that concludes waits for all of them; every switch of a rehearsal is there.
 */
export function judgeOrder(workflow: Workflow, expected: Expected | undefined): Complaint[] {
  const preparing = workflow.jobs.find(({ uses = "" }) => prepares.test(uses));
  const concluding = workflow.jobs.find(({ uses = "" }) => concludes.test(uses));
  return [
    ...declaredNeeds(workflow, expected),
    ...(preparing ? workflow.jobs.flatMap((job) => gated(workflow, job, preparing)) : []),
    ...(preparing ? workflow.jobs.flatMap((job) => checkedOut(workflow, job, preparing)) : []),
    ...(concluding ? last(workflow, concluding) : []),
    ...[preparing, concluding].flatMap((job) => (job ? rehearsable(workflow, job) : [])),
  ];
}

function declaredNeeds(workflow: Workflow, expected: Expected | undefined): Complaint[] {
  return Object.entries(expected?.needs ?? {}).flatMap(([id, wanted]) => {
    const job = workflow.jobs.find((one) => one.id === id);
    if (!job) return [complain("needs", { workflow }, `expected a job ${id}, found none`)];
    const before = ancestors(workflow, job);
    const missing = wanted.filter((one) => !before.has(one));
    if (missing.length === 0) return [];
    const found = [...before].join(", ") || "nothing";
    return [complain("needs", { workflow, job }, `expected to wait for ${missing.join(", ")}, found ${found}`)];
  });
}

/** What does not wait for the gates runs whatever they say; and waiting is not enough, as to prepare no release is a success too. */
function gated(workflow: Workflow, job: Job, preparing: Job): Complaint[] {
  if (job === preparing || ancestors(workflow, preparing).has(job.id)) return [];
  if (!ancestors(workflow, job).has(preparing.id)) {
    return [complain("gated", { workflow, job }, `expected to wait for ${preparing.id}, found no such \`needs\``)];
  }
  // What only tells how the release went has to run however it went.
  if (reports.test(job.uses ?? "")) return [];
  if (runsOnlyWhenReady(workflow, job, preparing)) return [];
  const found = job.if === undefined ? "no condition" : `\`${job.if}\``;
  const because = `expected \`needs.${preparing.id}.outputs.ready == 'true'\` (or \`gated\`) to decide, here or in a job that this one needs, found ${found}`;
  return [complain("gated", { workflow, job }, because)];
}

/** A job is skipped with one that it needs, unless its condition asks how that one went. Jobs in a circle run never. */
function runsOnlyWhenReady(workflow: Workflow, job: Job, preparing: Job, above: Job[] = []): boolean {
  const condition = job.if ?? "";
  if (demands(condition, new RegExp(`^needs\\.${preparing.id}\\.outputs\\.(ready|gated)\\s*==\\s*'true'$`)))
    return true;
  if (outlivesFailure(condition)) return false;
  const needed = workflow.jobs.filter((one) => job.needs.includes(one.id) && !above.includes(one));
  return needed.some((one) => runsOnlyWhenReady(workflow, one, preparing, [...above, job]));
}

/** The commit that started the run may not be the one that was judged. */
function checkedOut(workflow: Workflow, job: Job, preparing: Job): Complaint[] {
  if (!ancestors(workflow, job).has(preparing.id)) return [];
  const wanted = new RegExp(`needs\\.${preparing.id}\\.outputs\\.(sha|tag)\\b`);
  return job.steps
    .filter((step) => isCheckout(step) && !takesAnother(step))
    .filter(({ with: { ref } }) => !wanted.test(String(ref ?? "")))
    .map(({ with: { ref } }) => {
      const because = `expected to check out needs.${preparing.id}.outputs.sha, found ${ref === undefined ? "the run's own commit" : String(ref)}`;
      return complain("checkout", { workflow, job }, because);
    });
}

function last(workflow: Workflow, concluding: Job): Complaint[] {
  const others = workflow.jobs.filter(({ id }) => id !== concluding.id).map(({ id }) => id);
  const missing = others.filter((id) => !concluding.needs.includes(id));
  const at = { workflow, job: concluding };
  const waits = missing.length === 0 ? [] : [complain("last", at, `expected to need ${missing.join(", ")} as well`)];
  const runs = /\balways\s*\(\)/.test(concluding.if ?? "")
    ? []
    : [complain("last", at, "expected `if: always()`, so that a failed release is concluded too")];
  return [...waits, ...runs];
}

/** A release that cannot be rehearsed is first tried when it counts. */
function rehearsable(workflow: Workflow, job: Job): Complaint[] {
  const given = job.with.rehearsal;
  if (given === true) return [];
  if (!String(given ?? "").includes("inputs.rehearsal")) {
    return [complain("rehearsal", { workflow, job }, "expected `inputs.rehearsal` to be handed on, found it is not")];
  }
  return ["workflow_dispatch", "workflow_call"]
    .filter((event) => event in workflow.triggers && !inputsOf(workflow, event).includes("rehearsal"))
    .map((event) => complain("rehearsal", { workflow }, `expected an input \`rehearsal\` of ${event}, found none`));
}

function ancestors(workflow: Workflow, job: Job): Set<string> {
  const found = new Set<string>();
  const queue = [...job.needs];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    queue.push(...(workflow.jobs.find((one) => one.id === id)?.needs ?? []));
  }
  return found;
}
