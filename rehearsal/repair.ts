import { join } from "node:path";
import { Complaint } from "./complaint.ts";
import { type Decision, type DispatchedRuns, decide } from "./dispatched.ts";
import type { Fault } from "./faults/fault.ts";
import type { Memory } from "./memory.ts";
import { bringOutcome, type Outcome } from "./outcome.ts";
import type { Narrator } from "./progress.ts";
import type { World } from "./world.ts";

/** How a release ended that a maintainer has repaired since, and by which workflow. */
export interface Repaired extends Outcome {
  workflow: string;
  /** Where its report is kept. */
  report: string;
}

/** What a repair works on: the release that was rehearsed, and the runs that are dispatched. */
interface Wreck {
  memory: Omit<Memory, "result">;
  dispatched: DispatchedRuns;
  fault?: Fault;
  narrator: Narrator;
}

/**
 * Does what a maintainer does after a release that has ended as its fault should: takes the cause away, starts the workflow
 * through GitHub's API as a person would, and waits for its end. Undefined where there is nothing to repair, or where the
 * release ended otherwise.
 */
export async function repairAfter(
  world: World,
  { deciding }: Decision,
  { memory, dispatched, fault, narrator }: Wreck,
): Promise<{ decision: Decision; before: Repaired } | undefined> {
  if (!fault?.repair) return undefined;
  const { folders, artifacts } = world;
  const { expected, repair } = fault;
  const place = (name: string) => folders.report(join("before-repair", name));
  const outcome = bringOutcome({ folders: { report: place }, artifacts }, deciding);
  if (outcome.verdict !== expected.verdict || outcome.reason !== expected.reason) return undefined;
  narrator.line(`↳ ${outcome.verdict} (${outcome.reason}); then ${repair.title}`);
  repair.arrange?.(world);
  await startByHand(world, memory, { workflow: repair.workflow, inputs: repair.inputs(memory.run.id) });
  const [run, ...more] = await dispatched.ended();
  if (!run) throw new Error(`expected ${repair.workflow} to run once it was dispatched, found no run`);
  return {
    decision: decide(run, more),
    before: { ...outcome, workflow: repair.workflow, report: place("report.html") },
  };
}

async function startByHand(
  { github }: World,
  { repository, branch }: Pick<Memory, "repository" | "branch">,
  { workflow, inputs }: { workflow: string; inputs: Record<string, string> },
): Promise<void> {
  // Told after the answer, and to those who play it before this one.
  const heard = new Promise<void>((resolve) => github.onDispatch(() => resolve()));
  const person = { permissions: { actions: "write" }, stage: "maintainer", login: "maintainer" } as const;
  const answer = await fetch(`${github.apiUrl}/repos/${repository}/actions/workflows/${workflow}/dispatches`, {
    method: "POST",
    headers: { accept: "application/vnd.github+json", authorization: `Bearer ${github.issueToken(person)}` },
    body: JSON.stringify({ ref: branch, inputs }),
  });
  if (answer.ok) return heard;
  const found = `${answer.status} ${await answer.text()}`;
  throw new Complaint(`expected ${workflow} to be started by hand, found ${found}`, "Correct the fault.");
}
