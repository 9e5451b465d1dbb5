import { milliseconds } from "#src/contract/config/fields";
import type { Effect } from "#src/domain/effect";
import { toFailure } from "#src/domain/failure";
import type { Check } from "#src/domain/verdict";
import type { Clock } from "#src/ports/clock";
import type { WorkflowRun, WorkflowRuns } from "#src/ports/workflow-runs";
import type { TaggedRelease } from "./decide.ts";
import { adoptionCheck, carriers, decideNext, judgeDuplicates, nextCheck, type RunPolicy } from "./decide-next.ts";

/** Whose run is sought, and through whom. */
export interface RunScene {
  release: TaggedRelease;
  policy: RunPolicy;
  runs: WorkflowRuns;
  clock: Clock;
}

/** The run that goes on, where there is exactly one, and what became of the dispatch. */
export interface Reached {
  checks: Check[];
  effect: Effect["state"];
  run?: WorkflowRun;
  how: "started" | "adopted" | "";
}

/** The clocks of runner and server may differ by this much, in milliseconds; runs known before are told apart by their ids. */
const clockDifference = 60_000;

/** Starts the next run or adopts the one that is there. What cannot be asked is inconclusive, as the tag is written by now. */
export async function startNext(scene: RunScene): Promise<Reached> {
  return reachRun(scene).catch((thrown: unknown) => unasked(thrown, "refused"));
}

function unasked(thrown: unknown, effect: Effect["state"]): Reached {
  const { code, message } = toFailure(thrown);
  return { checks: [nextCheck(message, { result: "inconclusive", code })], effect, how: "" };
}

async function reachRun(scene: RunScene): Promise<Reached> {
  const { release, policy, runs, clock } = scene;
  const known = await runs.list(policy.workflow, release.sha);
  const plan = decideNext(policy, release, known);
  if (plan.plan === "refuse") return { checks: [judgeDuplicates(plan.runs)], effect: "refused", how: "" };
  if (plan.plan === "adopt") return adopted(plan.run);
  const since = clock.now();
  const quest: Quest = { scene, since, known: new Set(known.map(({ id }) => id)), id: undefined, sent: "" };
  if (plan.plan === "start") {
    const sent = await runs.dispatch(plan.request);
    if (sent.outcome === "refused")
      return {
        checks: [nextCheck(sent.because, { result: "fail", code: sent.code })],
        effect: "refused",
        how: "",
      };
    if (sent.outcome === "started") quest.id = sent.id;
    if (sent.outcome === "unclear") quest.sent = `; the dispatch itself: ${sent.because}`;
  }
  return observe(quest).catch((thrown: unknown) => unasked(thrown, quest.sent === "" ? "done" : "refused"));
}

interface Quest {
  scene: RunScene;
  since: Date;
  /** Ids of the runs that were there before. */
  known: Set<number>;
  /** The run that the server has named. */
  id: number | undefined;
  /** What is to be added about the dispatch where no run is seen. */
  sent: string;
}

/** Looks until the run is seen, or the time is over; a look that fails for the server's reasons is not the last. */
async function observe(quest: Quest): Promise<Reached> {
  const { policy, clock } = quest.scene;
  const [window, pause] = [milliseconds(policy.observe), milliseconds(policy.poll)];
  const end = clock.now().getTime() + window;
  for (;;) {
    const seen = await look(quest);
    if ("run" in seen || "checks" in seen)
      return "run" in seen ? started(seen.run) : { ...seen, effect: "done", how: "" };
    if (clock.now().getTime() + pause > end) return unobserved(quest, seen.silence);
    await clock.sleep(pause);
  }
}

type Look = { run: WorkflowRun } | { checks: Check[] } | { silence: string };

async function look({ scene, since, known, id }: Quest): Promise<Look> {
  const { release, policy, runs } = scene;
  try {
    if (id !== undefined) return judgeNamed(await runs.read(id), release);
    const all = await runs.list(policy.workflow, release.sha);
    const earliest = since.getTime() - clockDifference;
    const fresh = all.filter((run) => !known.has(run.id) && run.created.getTime() >= earliest);
    const found = [...carriers(release, fresh), ...fresh.filter((run) => run.ref === release.tag && isOver(run))];
    const [run, ...more] = found;
    if (run && more.length > 0) return { checks: [judgeDuplicates(found)] };
    return run ? { run } : { silence: `${all.length} runs of ${policy.workflow} on ${release.sha}, none of them new` };
  } catch (thrown) {
    const failure = toFailure(thrown);
    if (failure.kind !== "upstream") throw failure;
    return { silence: failure.message };
  }
}

/** A run that was quickly over without success was started all the same; whether that blocks is for following it. */
function isOver({ finished, conclusion }: WorkflowRun): boolean {
  return finished && conclusion !== "success";
}

function judgeNamed(run: WorkflowRun | "absent", { tag, sha }: TaggedRelease): Look {
  if (run === "absent") return { silence: "GitHub named a run and does not show it yet" };
  if (run.sha === sha && run.ref === tag) return { run };
  const because = `expected run ${run.id} on ${tag} at ${sha}, found it on ${run.ref} at ${run.sha}`;
  return { checks: [nextCheck(because, { result: "fail", code: "tag.dispatch-not-observed", evidence: [run.url] })] };
}

/** States that a run which was there already is taken for the next. */
export function adopted(run: WorkflowRun): Reached {
  const because = `run ${run.id} is there already (${run.finished ? run.conclusion : "active"}), and is taken for the next`;
  const checks = [adoptionCheck(run), nextCheck(because, { evidence: evidenceOf(run) })];
  return { checks, effect: "already", run, how: "adopted" };
}

function started(run: WorkflowRun): Reached {
  const because = `run ${run.id} was started on ${run.ref} at ${run.sha}, and was seen`;
  return { checks: [nextCheck(because, { evidence: evidenceOf(run) })], effect: "done", run, how: "started" };
}

function unobserved({ scene, sent }: Quest, silence: string): Reached {
  const { policy, release } = scene;
  const because = `expected a run of ${policy.workflow} on ${release.tag} within ${policy.observe}, found: ${silence}${sent}`;
  const check = nextCheck(because, { result: "fail", code: "tag.dispatch-not-observed" });
  return { checks: [check], effect: sent === "" ? "done" : "refused", how: "" };
}

function evidenceOf({ id, url }: WorkflowRun): string[] {
  return [`run ${id}`, url];
}
