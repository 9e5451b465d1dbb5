import { milliseconds } from "#src/contract/config/fields";
import type { Effect } from "#src/domain/effect";
import { type Check, conclude } from "#src/domain/verdict";
import type { Clock } from "#src/ports/clock";
import type { NewPullRequest, PullRequest, PullRequests, PullWriting } from "#src/ports/pull-requests";
import { carriedBy, decidePull, judgeMergeable, notCarried, type PullPlan, type WantedPull } from "./decide-pull.ts";
import { isOwnText } from "./pull-request-text.ts";

/** What is wanted, and through whom. */
export interface PullScene {
  wanted: WantedPull & Pick<NewPullRequest, "title" | "body">;
  pulls: PullRequests;
  clock: Clock;
}

/** What became of the pull request. */
export interface HandedOver {
  checks: Check[];
  state: Effect["state"];
  pull: PullRequest | undefined;
}

const patience = milliseconds("2m");
const pause = milliseconds("5s");

/** Finds the pull request and decides about it. Nothing is written. */
export async function surveyPull({ wanted, pulls }: PullScene): Promise<HandedOver & { plan: PullPlan }> {
  const plan = decidePull(wanted, await pulls.between(wanted.from, wanted.into));
  switch (plan.plan) {
    case "open":
      return { plan, checks: [], state: "planned", pull: undefined };
    case "adopt":
      return { plan, checks: [carriedBy(plan.pull, "found")], state: "already", pull: plan.pull };
    case "refuse":
      return { plan, checks: [plan.check], state: "refused", pull: plan.pull };
  }
}

/** Opens the pull request, or takes the one that is there, gives it its text, and waits until GitHub says that it can be merged. */
export async function applyPull(scene: PullScene): Promise<HandedOver> {
  const found = await surveyPull(scene);
  const carried = found.plan.plan === "open" ? await openPull(scene) : found;
  const { pull } = carried;
  if (!pull || conclude(carried.checks).result !== "pass") return carried;
  const told = await tell(scene, pull);
  if (told) return { ...carried, checks: [told] };
  const seen = await untilKnown(scene, pull.number);
  return { ...carried, pull: seen, checks: [...carried.checks, judgeMergeable(seen, scene.wanted)] };
}

/** Reads the pull request once more and judges what it has become; the finding of the first look is replaced. */
export async function lookAgain(scene: PullScene, handed: HandedOver): Promise<HandedOver> {
  if (!handed.pull) return handed;
  const seen = await untilKnown(scene, handed.pull.number);
  const found = judgeMergeable(seen, scene.wanted);
  return { ...handed, pull: seen, checks: handed.checks.map((check) => (check.id === found.id ? found : check)) };
}

/** A write whose answer was lost counts by what the server then shows. */
async function openPull(scene: PullScene): Promise<HandedOver> {
  const { wanted, pulls } = scene;
  const writing = await pulls.open(wanted);
  if (writing.outcome === "refused") return { checks: [refused(writing)], state: "refused", pull: undefined };
  const after = await surveyPull(scene);
  if (after.plan.plan === "adopt") {
    const state = writing.outcome === "accepted" ? "done" : "already";
    return { checks: [carriedBy(after.plan.pull, "opened")], state, pull: after.plan.pull };
  }
  if (after.plan.plan === "refuse") return after;
  const because = `expected an open pull request from ${wanted.from} into ${wanted.into} afterwards, found none`;
  const check =
    writing.outcome === "unclear"
      ? notCarried({ result: "inconclusive", code: "promote.unanswered", because: `${because}; ${writing.because}` })
      : notCarried({ result: "fail", code: "promote.readback-mismatch", because });
  return { checks: [check], state: "refused", pull: undefined };
}

/** Brings the text of a pull request up to date where this stage wrote it; the check says why it could not. */
async function tell({ wanted, pulls }: PullScene, { number, body }: PullRequest): Promise<Check | undefined> {
  if (!isOwnText(body) || body.trim() === wanted.body.trim()) return undefined;
  const writing = await pulls.describe(number, wanted.body);
  if (writing.outcome === "refused") return refused(writing);
  const read = await pulls.read(number);
  if (read.body.trim() === wanted.body.trim()) return undefined;
  const because = `expected #${number} to read back with the text that was written, found another`;
  return notCarried({ result: "inconclusive", code: "promote.unanswered", because });
}

/** GitHub works out in the background whether a pull request can be merged. */
async function untilKnown({ pulls, clock }: PullScene, number: number): Promise<PullRequest> {
  const end = clock.now().getTime() + patience;
  for (;;) {
    const seen = await pulls.read(number);
    if (seen.state !== "open" || seen.mergeable !== "unknown" || clock.now().getTime() + pause > end) return seen;
    await clock.sleep(pause);
  }
}

function refused({ code, because }: Extract<PullWriting, { outcome: "refused" }>): Check {
  return notCarried({ result: "fail", code, because });
}
