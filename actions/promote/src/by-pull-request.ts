import type { PromotePolicy } from "#src/contract/config/promote";
import type { Effect } from "#src/domain/effect";
import type { Mode } from "#src/domain/release";
import { type Check, conclude } from "#src/domain/verdict";
import type { RemoteRefs } from "#src/ports/remote-refs";
import { judgeBackmergeOf } from "./backmerge.ts";
import type { WantedPull } from "./decide-pull.ts";
import { gatherDivergences, gatherHops } from "./gather.ts";
import { applyPull, type HandedOver, lookAgain, type PullScene, surveyPull } from "./hand-over.ts";
import { type Hop, wayFrom } from "./hops.ts";
import { idleGates, judgeGates } from "./judge-gates.ts";
import { isIdle, judgeHops } from "./judge-hops.ts";
import type { Ports } from "./promote-ports.ts";
import { textOf, titleOf } from "./pull-request-text.ts";

/** What a promotion through a pull request came to. */
export interface PulledPromotion extends HandedOver {
  hops: Hop[];
  effects: Effect[];
}

/**
 * Promotes to the next branch of the chain through a pull request: opens or finds it, waits until it can be merged and the
 * required checks have succeeded, looks at it once more, and leaves it to a person. It is never merged here.
 */
export async function promoteByPull(
  way: { source: string; chain: string[]; sha: string },
  { policy, mode, remote, attempt }: { policy: PromotePolicy; mode: Mode; remote: RemoteRefs; attempt: number },
  ports: Ports,
): Promise<PulledPromotion> {
  const [into = ""] = wayFrom(way.source, way.chain);
  const hops = (await gatherHops(way, remote, ports.history)).filter(({ branch }) => branch === into);
  const divergences = await gatherDivergences(hops, ports.history);
  const judged = judgeHops({ ...way, hops, divergences }).map(joinable);
  const backmerge = await judgeBackmergeOf(policy, { way, hops, remote }, ports);
  const before = [...judged, backmerge];
  const wanted = { from: way.source, into, sha: way.sha };
  const report = (handed: HandedOver): PulledPromotion => {
    return { ...handed, hops, checks: [...before, ...handed.checks], effects: [effectOf(wanted, handed.state)] };
  };
  if (isIdle(hops)) {
    const gates = attempt > 1 ? await judgeGates(policy, way.sha, ports) : idleGates();
    return report({ checks: [gates], state: "already", pull: undefined });
  }
  if (conclude(before).result !== "pass") return report({ checks: [], state: "refused", pull: undefined });
  const scene = await sceneOf(wanted, hops[0], ports);
  const handed = mode === "rehearsal" ? await surveyPull(scene) : await applyPull(scene);
  if (conclude([...before, ...handed.checks]).result !== "pass") return report({ ...handed, state: heldBack(handed) });
  const green = await judgeGreen(policy, { sha: way.sha, mode }, ports);
  // Waiting takes as long as the checks do, and people go on meanwhile.
  const latest = mode === "live" && green.result === "pass" ? await lookAgain(scene, handed) : handed;
  return report({ ...latest, checks: [...latest.checks, green] });
}

/** What was written stays told as written, whatever is found wrong with it afterwards. */
function heldBack({ state }: HandedOver): Effect["state"] {
  return state === "planned" ? "refused" : state;
}

async function sceneOf(wanted: WantedPull, hop: Hop | undefined, ports: Ports): Promise<PullScene> {
  const body = await textOf(wanted, ports.local.commitsSince(hop?.from ?? null, wanted.sha));
  return { wanted: { ...wanted, title: titleOf(wanted), body }, pulls: ports.pulls, clock: ports.clock };
}

/** A merge may join what a fast-forward could not; only conflicts stand against it. */
function joinable(check: Check): Check {
  if (check.code === "promote.conflicting") return { ...check, code: "promote.pr-not-mergeable" };
  if (check.code !== "promote.not-fast-forward") return check;
  const { code: _code, ...rest } = check;
  return { ...rest, result: "pass", because: `a merge joins them without conflicts; ${check.because}` };
}

/** In a rehearsal nothing was opened that checks could run on, so that only one that has failed decides. */
async function judgeGreen(
  { checks, wait }: PromotePolicy,
  { sha, mode }: { sha: string; mode: Mode },
  ports: Ports,
): Promise<Check> {
  const live = mode === "live";
  const green = await judgeGates({ checks, wait: live ? wait : undefined }, sha, ports);
  const code = green.result === "pass" ? {} : { code: "promote.pr-checks-failed" as const };
  return { ...green, ...code, required: live || green.result === "fail" };
}

function effectOf({ from, into, sha }: WantedPull, state: Effect["state"]): Effect {
  return {
    kind: "pull-request",
    target: `refs/heads/${into}`,
    precondition: `no other pull request from ${from}`,
    wanted: `one from ${from} at ${sha}, for a person to merge`,
    state,
  };
}
