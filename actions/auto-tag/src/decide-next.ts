import type { NextPolicy } from "#src/contract/config/tag";
import { canonicalJson } from "#src/domain/digest";
import type { Effect } from "#src/domain/effect";
import type { Check } from "#src/domain/verdict";
import type { DispatchRequest, WorkflowRun } from "#src/ports/workflow-runs";
import { fillIn, type TaggedRelease } from "./decide.ts";

/** A workflow whose run must be there once the tag is. */
export type RunPolicy = Extract<NextPolicy, { mode: "dispatch" | "token" }>;

/** This very run: the workflow file that started it, as `owner/name/path@ref`. */
export interface OwnRun {
  workflow: string;
}

/** What is to be done so that exactly one run goes on with the release. */
export type NextPlan =
  | { plan: "here" }
  | { plan: "adopt"; run: WorkflowRun }
  | { plan: "refuse"; runs: WorkflowRun[] }
  | { plan: "start"; request: DispatchRequest }
  | { plan: "await" };

/** Tells whether a policy wants a run; the other modes leave the rest to later jobs, or to nobody. */
export function wantsRun(policy: NextPolicy): policy is RunPolicy {
  return policy.mode === "dispatch" || policy.mode === "token";
}

/** Tells whether this very run is the one that goes on: a run of that workflow on that tag. */
export function isHere({ workflow }: RunPolicy, release: TaggedRelease, own: OwnRun): boolean {
  return own.workflow === `${release.repository}/.github/workflows/${workflow}@refs/tags/${release.tag}`;
}

/** Picks the runs that may carry the release: of its tag and commit, and active or successful. */
export function carriers({ tag, sha }: TaggedRelease, runs: WorkflowRun[]): WorkflowRun[] {
  const ofTag = runs.filter((run) => run.ref === tag && run.sha === sha);
  return ofTag.filter(({ finished, conclusion }) => !finished || conclusion === "success");
}

/** Decides what to do about the next run: one that carries the release is adopted, several are refused, none is started. */
export function decideNext(policy: RunPolicy, release: TaggedRelease, runs: WorkflowRun[]): NextPlan {
  const [run, ...more] = carriers(release, runs);
  if (run && more.length > 0) return { plan: "refuse", runs: [run, ...more] };
  if (run) return { plan: "adopt", run };
  return policy.mode === "token" ? { plan: "await" } : { plan: "start", request: requestFor(policy, release) };
}

/** Describes the dispatch as an effect; a policy that starts nothing has none. */
export function dispatchEffect(policy: NextPolicy, release: TaggedRelease, state: Effect["state"]): Effect[] {
  if (policy.mode !== "dispatch") return [];
  const { workflow, ref, inputs } = requestFor(policy, release);
  return [
    {
      kind: "dispatch",
      target: `.github/workflows/${workflow}@refs/tags/${ref}`,
      precondition: "no active or successful run of it on the tag",
      wanted: `one run on ${release.sha} with ${canonicalJson(inputs)}`,
      state,
    },
  ];
}

/** Makes the check of the next run; a plain pass unless a result and its code are given. */
export function nextCheck(because: string, finding: Partial<Check> = {}): Check {
  const title = "Exactly one run goes on with the release";
  return { id: "next", title, required: true, result: "pass", because, evidence: [], ...finding };
}

/** Tells what an adoption rests on. It never decides: a second run of a release would be worse than a person's look at the first. */
export function adoptionCheck({ id, event, url }: WorkflowRun): Check {
  const because = `expected to see with which inputs run ${id} was started, found its event alone (${event}): GitHub does not tell inputs, so that it may be a rehearsal`;
  const title = "The adopted run does what would have been asked of it";
  const found = { result: "inconclusive", code: "tag.adopted-run-unknown" } as const;
  return { id: "adoption", title, required: false, because, evidence: [`run ${id}`, url], ...found };
}

/** Judges a policy without a run: what goes on stands in the configuration. */
export function judgeWithoutRun(policy: Exclude<NextPolicy, RunPolicy>): Check {
  if (policy.mode === "call") return nextCheck("later jobs of this run go on, by `tag.next.mode: call`");
  return nextCheck(`nothing follows: ${policy.reason}`, { result: "not-applicable" });
}

/** Judges several runs for one tag. */
export function judgeDuplicates(runs: WorkflowRun[]): Check {
  const list = runs.map(({ id, conclusion }) => `${id} (${conclusion === "" ? "active" : conclusion})`).join(", ");
  const evidence = runs.map(({ url }) => url);
  const because = `expected one active or successful run for the tag, found ${list}`;
  return nextCheck(because, { result: "fail", code: "tag.duplicate-run-refused", evidence });
}

function requestFor(policy: Extract<RunPolicy, { mode: "dispatch" }>, release: TaggedRelease): DispatchRequest {
  const filled = Object.entries(policy.inputs).map(([name, text]) => [name, fillIn(text, release)] as const);
  return { workflow: policy.workflow, ref: release.tag, inputs: Object.fromEntries(filled) };
}
