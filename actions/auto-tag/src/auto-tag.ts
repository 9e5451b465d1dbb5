import type * as z from "zod";
import { askingGates } from "#src/asking-gates";
import type { Config } from "#src/contract/config/schema";
import { readRisk } from "#src/domain/changes/risk-document";
import type { Effect } from "#src/domain/effect";
import { recordOf } from "#src/domain/ledger";
import type { StageReport } from "#src/domain/report";
import { type Check, conclude } from "#src/domain/verdict";
import { parseVersion } from "#src/domain/version";
import { type Planned, requirePlan, type StageContext } from "#src/stage-context";
import { applyPlan } from "./apply.ts";
import type { contract } from "./contract.ts";
import { judgeGates, judgeName, type TaggedRelease } from "./decide.ts";
import { followRun } from "./follow-run.ts";
import { judgeApproval } from "./judge-approval.ts";
import { judgePlanned } from "./judge-planned.ts";
import { type Meter, meterOf } from "./meter.ts";
import { moveBranch } from "./move-branch.ts";
import { needsRecovery, recoveryFor } from "./recovery.ts";
import { leftOutReport, type Outcome, reportOf } from "./report.ts";
import { startNext } from "./start-next.ts";
import { type AutoTagPorts, judgeCredentials, type Survey, survey } from "./survey.ts";

/**
 * Tags the gated commit, sees to it that exactly one run goes on, and lets the major version's branch follow. All is read
 * and decided before the first write; writes happen in live mode only. Throws `tag.remote-unknown` before any write.
 */
export async function autoTag(
  _given: z.output<typeof contract.inputs>,
  context: StageContext,
  ports: AutoTagPorts,
): Promise<StageReport> {
  const frozen = requirePlan(context);
  const { release, plan } = frozen;
  const config = followingConfig(frozen);
  const meter = meterOf(ports.requests);
  const gates = [
    ...judgeGates(release, recordOf(context.ledger, "release-gates")?.record),
    ...judgeApproval(askingGates({ config, plan }), release, context.ledger),
  ];
  const planned = judgePlanned(release, plan);
  const admitted = [...gates, judgeName(release, config.version["tag-pattern"]), planned.check];
  const told = (outcome: Partial<Outcome>) => reportOf(release, config, { checks: admitted, meter, ...outcome });
  if (!passes(admitted)) return told({});
  if (isLeftOut(config, release)) return leftOutReport(release, admitted);
  const credentials = await judgeCredentials(config, ports);
  if (!passes(admitted.concat(credentials))) return told({ checks: [...admitted, ...credentials] });

  const seen = await survey(release, config, { ports, meter, date: planned.date });
  const surveyed = [...seen.tag.checks, ...seen.next.checks, ...(seen.branch ? [seen.branch.check] : [])];
  const writes = passes(surveyed) && release.mode === "live";
  const outcome = writes ? await act(seen, meter) : { ...statesOf(seen, passes(surveyed)), checks: surveyed };
  const recovery = await recover(outcome, { release, config, ports, meter });
  const summary = [outcome.summary ?? "", recovery.summary].filter(Boolean).join("\n\n");
  return told({ ...outcome, checks: [...admitted, ...outcome.checks, ...recovery.checks], summary });
}

type Acted = Partial<Outcome> & { checks: Check[] };

/** Writes in order, each only after the one before it is proven: the tag, the run, its conclusion, the branch. */
async function act(seen: Survey, meter: Meter): Promise<Acted> {
  const { tagPlan, tagScene, runScene, branchScene } = seen;
  const tag = tagPlan.plan === "create" ? await meter.count("tag", () => applyPlan(tagScene, tagPlan)) : seen.tag;
  if (!passes(tag.checks)) return { tag, checks: tag.checks };

  const starts = runScene && seen.next.effect === "planned";
  const next = starts ? await meter.count("next run", () => startNext(runScene)) : seen.next;
  const { run } = next;
  const follows = runScene?.policy.follow && run && passes(next.checks);
  const followed = follows ? await meter.count("following it", () => followRun(runScene, run)) : undefined;
  const checks = [...tag.checks, ...next.checks, ...(followed ? [followed.check] : [])];
  const summary = followed?.summary ?? "";
  if (!branchScene || !passes(checks)) return { tag, next, checks, summary };
  const branch = await meter.count("branch", () => moveBranch(branchScene));
  return { tag, next, branch: branch.effect, checks: [...checks, branch.check], summary };
}

/** What was found keeps its state; what was planned is refused as a whole where any part of it is. */
function statesOf({ tag, next, branch }: Survey, passed: boolean): Partial<Outcome> {
  const state = (effect: Effect["state"]) => (effect === "planned" && !passed ? "refused" : effect);
  return {
    tag: { ...tag, effect: state(tag.effect) },
    next: { ...next, effect: state(next.effect) },
    ...(branch ? { branch: state(branch.effect) } : {}),
  };
}

async function recover(
  { checks, tag }: Acted,
  { release, config, ports, meter }: { release: TaggedRelease; config: Config; ports: AutoTagPorts; meter: Meter },
) {
  const wanted = config.tag.recover === "print" && tag && tag.object !== "" && needsRecovery(checks);
  if (!wanted) return { checks: [], summary: "" };
  return meter.count("recovery", () => recoveryFor(release, tag.object, { config, places: ports }));
}

/** Only stable versions belong to the stable channel; pre-releases and post-releases are left out, with success. */
function isLeftOut({ tag }: Config, { version }: TaggedRelease): boolean {
  return tag.channel === "stable" && parseVersion(version)?.class !== "stable";
}

/** The branch of the major version follows only where the plan knows of no higher version of that major. */
function followingConfig({ config, plan }: Planned): Config {
  const isNewest = readRisk(plan)?.latest.major ?? false;
  return isNewest ? config : { ...config, tag: { ...config.tag, "floating-major": "none" } };
}

function passes(checks: Check[]): boolean {
  return conclude(checks).result === "pass";
}
