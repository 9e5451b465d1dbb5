import type { TagPolicy } from "#src/contract/config/tag";
import type { Effect } from "#src/domain/effect";
import { toFailure } from "#src/domain/failure";
import { isTagName, tagOf } from "#src/domain/tag-pattern";
import type { Check } from "#src/domain/verdict";
import { parseVersion } from "#src/domain/version";
import type { BranchPointer, Relation } from "#src/ports/branch-pointer";
import type { Tags } from "#src/ports/tags";
import type { TaggedRelease } from "./decide.ts";

/** Which branch follows the release, and through whom. */
export interface BranchScene {
  release: TaggedRelease;
  branch: string;
  tags: Tags;
  pointer: BranchPointer;
}

/** What is to be done about the branch; `refused` is set where nothing may be done. */
export interface BranchPlan {
  from: string | "absent";
  check: Check;
  effect: Effect["state"];
}

/** Names the branch that follows a release, such as `v1`; undefined where none does: it follows stable releases only. */
export function followingBranch(policy: TagPolicy, pattern: string, { version }: TaggedRelease): string | undefined {
  const parsed = parseVersion(version);
  if (policy["floating-major"] === "none" || parsed?.class !== "stable") return undefined;
  const branch = tagOf(pattern, String(parsed.release[0]));
  return isTagName(branch) ? branch : undefined;
}

/** Looks at the branch and decides: it is made, moved forward, or left where it holds the commit already; never moved back. */
export async function planBranch({ release, branch, tags, pointer }: BranchScene): Promise<BranchPlan> {
  const shadow = await tags.find(branch);
  const from = await pointer.find(branch);
  if (shadow !== "absent") {
    const because = `expected no tag named ${branch}, found one on ${shadow.commit}`;
    return {
      from,
      check: branchCheck(branch, because, { result: "fail", code: "tag.branch-shadowed" }),
      effect: "refused",
    };
  }
  const relation = from === "absent" ? "ahead" : await relationOf(pointer, from, release.sha);
  return { from, ...judge(branch, release.sha, { from, relation }) };
}

/** Moves the branch after looking again, and reads it back. Failures are inconclusive, as tag and run are there by now. */
export async function moveBranch(scene: BranchScene): Promise<BranchPlan> {
  try {
    const plan = await planBranch(scene);
    return plan.effect === "planned" ? await advance(scene, plan) : plan;
  } catch (thrown) {
    const { code, message } = toFailure(thrown);
    const check = branchCheck(scene.branch, message, { result: "inconclusive", code });
    return { from: "absent", check, effect: "refused" };
  }
}

async function advance(scene: BranchScene, { from }: BranchPlan): Promise<BranchPlan> {
  const { release, branch, pointer } = scene;
  const move = await pointer.advance({ branch, from, to: release.sha });
  if (move.outcome === "refused")
    return { from, check: branchCheck(branch, move.because, { result: "fail", code: move.code }), effect: "refused" };
  const now = await planBranch(scene);
  if (now.effect === "already") {
    const because = `${branch} went from ${from} to ${release.sha}`;
    return { from, check: branchCheck(branch, because), effect: "done" };
  }
  if (now.effect === "refused") return now;
  const because = move.outcome === "unclear" ? move.because : `expected ${branch} on ${release.sha}, found ${now.from}`;
  return {
    from,
    check: branchCheck(branch, because, { result: "fail", code: "tag.branch-failed" }),
    effect: "refused",
  };
}

/** Describes the move as an effect. */
export function branchEffect(branch: string, { sha }: TaggedRelease, state: Effect["state"]): Effect {
  const precondition = "absent, or an ancestor of the commit";
  return { kind: "branch", target: `refs/heads/${branch}`, precondition, wanted: sha, state };
}

function judge(
  branch: string,
  sha: string,
  { from, relation }: { from: string; relation: Relation },
): Pick<BranchPlan, "check" | "effect"> {
  switch (relation) {
    case "ahead":
      return { check: branchCheck(branch, `${branch} goes forward from ${from} to ${sha}`), effect: "planned" };
    case "identical":
      return { check: branchCheck(branch, `${branch} is on ${sha} already`), effect: "already" };
    case "behind":
      return { check: branchCheck(branch, `${branch} is on ${from}, which holds ${sha} already`), effect: "already" };
    case "diverged": {
      const because = `expected ${branch} on an ancestor of ${sha}, found it on ${from}, which is none`;
      return {
        check: branchCheck(branch, because, { result: "fail", code: "tag.branch-diverged" }),
        effect: "refused",
      };
    }
  }
}

function relationOf(pointer: BranchPointer, from: string, to: string): Promise<Relation> {
  return from === to ? Promise.resolve("identical") : pointer.relation(from, to);
}

function branchCheck(branch: string, because: string, finding: Partial<Check> = {}): Check {
  const title = "The branch of the major version follows the release";
  return { id: "branch", title, required: true, result: "pass", because, evidence: [branch], ...finding };
}
