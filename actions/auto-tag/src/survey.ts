import type { Config } from "#src/contract/config/schema";
import type { NextPolicy, SigningPolicy } from "#src/contract/config/tag";
import type { Check } from "#src/domain/verdict";
import type { BranchPointer } from "#src/ports/branch-pointer";
import type { Clock } from "#src/ports/clock";
import type { PackageChannel } from "#src/ports/package-channel";
import type { TagSigner } from "#src/ports/tag-signer";
import type { Tags } from "#src/ports/tags";
import type { WorkflowRuns } from "#src/ports/workflow-runs";
import { type Applied, conclusionOf, type TagScene } from "./apply.ts";
import { decideTag, type TaggedRelease, type TagPlan } from "./decide.ts";
import {
  decideNext,
  isHere,
  judgeDuplicates,
  judgeWithoutRun,
  nextCheck,
  type OwnRun,
  type RunPolicy,
  wantsRun,
} from "./decide-next.ts";
import type { Meter } from "./meter.ts";
import { type BranchPlan, type BranchScene, followingBranch, planBranch } from "./move-branch.ts";
import { adopted, type Reached, type RunScene } from "./start-next.ts";

/** Everything the stage reads from and writes to. */
export interface AutoTagPorts {
  tags: Tags;
  signer: (policy: SigningPolicy) => TagSigner;
  runs: WorkflowRuns;
  pointer: BranchPointer;
  registry: PackageChannel;
  clock: Clock;
  own: OwnRun;
  /** Whether tags are pushed with a token whose pushes start workflows. */
  pushToken: boolean;
  /** How many API requests were sent so far. */
  requests: () => number;
}

/** What the world looks like before anything is written, and what is to be done about each part of it. */
export interface Survey {
  tagScene: TagScene;
  tagPlan: TagPlan;
  tag: Applied;
  /** Absent where the policy needs no run, or this very run is the one. */
  runScene: RunScene | undefined;
  next: Reached;
  branchScene: BranchScene | undefined;
  branch: BranchPlan | undefined;
}

/** Judges what the stage was handed, before anything is asked: the key to sign with, and the token to push with. */
export async function judgeCredentials(config: Config, ports: AutoTagPorts): Promise<Check[]> {
  const { kind, signing, next } = config.tag;
  const complaint = kind === "signed" && signing ? await ports.signer(signing).complaint() : undefined;
  const key = { id: "signing-key", title: "The key that signs the tag can be used", required: true, evidence: [] };
  const because = "expected the input `tag-token`, as a push with the workflow's own token starts nothing; found none";
  return [
    ...(complaint ? [{ ...key, result: "fail", code: "tag.sign-failed", because: complaint } as const] : []),
    ...(next.mode === "token" && !ports.pushToken
      ? [nextCheck(because, { result: "fail", code: "tag.dispatch-token-missing" })]
      : []),
  ];
}

/** Reads the tag, the runs and the branch, and decides about each. Nothing is written. */
export async function survey(
  release: TaggedRelease,
  config: Config,
  { ports, meter, date }: { ports: AutoTagPorts; meter: Meter; date: string | undefined },
): Promise<Survey> {
  const { tags, runs, pointer, clock } = ports;
  const { kind, signing, next } = config.tag;
  const signer = kind === "signed" && signing ? ports.signer(signing) : undefined;
  const dated = date === undefined ? undefined : { rule: config.changelog, date };
  const tagScene = { release, policy: config.tag, tags, signer, dated, clock };
  const [tagPlan, tag] = await meter.count("tag", async () => {
    const plan = decideTag(release, config.tag, await tags.find(release.tag));
    return [plan, await conclusionOf(tagScene, plan)] as const;
  });
  const here = wantsRun(next) && isHere(next, release, ports.own);
  const runScene = wantsRun(next) && !here ? { release, policy: next, runs, clock } : undefined;
  const branchName = followingBranch(config.tag, config.version["tag-pattern"], release);
  const branchScene = branchName === undefined ? undefined : { release, branch: branchName, tags, pointer };
  return {
    ...{ tagScene, tagPlan, tag, runScene, branchScene },
    next: await meter.count("next run", () => surveyNext(next, runScene)),
    branch: branchScene && (await meter.count("branch", () => planBranch(branchScene))),
  };
}

/** A policy that wants a run, and has none to seek, is fulfilled by this very run. */
async function surveyNext(policy: NextPolicy, scene: RunScene | undefined): Promise<Reached> {
  if (scene) return surveyRuns(scene);
  const check = wantsRun(policy)
    ? nextCheck("this very run is the one that goes on with the release")
    : judgeWithoutRun(policy);
  return { checks: [check], effect: "already", how: "" };
}

async function surveyRuns({ release, policy, runs }: RunScene): Promise<Reached> {
  const plan = decideNext(policy, release, await runs.list(policy.workflow, release.sha));
  if (plan.plan === "adopt") return adopted(plan.run);
  if (plan.plan === "refuse") return { checks: [judgeDuplicates(plan.runs)], effect: "refused", how: "" };
  return { checks: [nextCheck(plannedBecause(policy, release))], effect: "planned", how: "" };
}

function plannedBecause({ mode, workflow }: RunPolicy, { tag }: TaggedRelease): string {
  return mode === "dispatch"
    ? `${workflow} would be dispatched on ${tag}, as the tag's push with the workflow's own token starts nothing`
    : `the push of ${tag} with the token given would start ${workflow}`;
}
