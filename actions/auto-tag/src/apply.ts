import type { TagPolicy } from "#src/contract/config/tag";
import type { Effect } from "#src/domain/effect";
import { toFailure } from "#src/domain/failure";
import { type Check, conclude } from "#src/domain/verdict";
import type { Clock } from "#src/ports/clock";
import type { TagSigner } from "#src/ports/tag-signer";
import type { NewTag, RefusalCode, Tags, TagWriting } from "#src/ports/tags";
import { decideTag, judgeTag, type TaggedRelease, type TagPlan, wantedTag } from "./decide.ts";
import { type Dated, judgeDayBefore, judgeDayOf } from "./judge-tag-day.ts";
import { judgeMaker, judgeReadBack, judgeSignature } from "./read-back.ts";

/** What became of the tag. */
export interface Applied {
  checks: Check[];
  effect: Effect["state"];
  /** Object that the tag names; empty where there is none. */
  object: string;
}

/** Which release is tagged, by which rules, and through whom. The signer is there where the policy wants signatures. */
export interface TagScene {
  release: TaggedRelease;
  policy: TagPolicy;
  tags: Tags;
  signer: TagSigner | undefined;
  /** Undefined where the changelog dates no section for the version. */
  dated: Dated | undefined;
  clock: Clock;
}

type Found = Exclude<TagPlan, { plan: "create" }>;

/** Applies the plan to the remote, without a thought of its own: what it meets on the way is decided anew by `decideTag`. */
export async function applyPlan(scene: TagScene, plan: TagPlan): Promise<Applied> {
  if (plan.plan !== "create") return conclusionOf(scene, plan);
  const again = decideTag(scene.release, scene.policy, await scene.tags.find(scene.release.tag));
  if (again.plan !== "create") return conclusionOf(scene, again);

  const writing = await write(scene, again.wanted);
  switch (writing.outcome) {
    case "created":
      return { checks: await readBack(scene, writing.object, again.wanted), effect: "done", object: writing.object };
    case "refused":
      return { checks: [unwritten(writing.code, writing.because)], effect: "refused", object: "" };
    case "exists":
      return lookAgain(scene, "GitHub says that the tag exists, and the remote does not serve it");
    case "unclear":
      return lookAgain(scene, writing.because);
  }
}

/** States the outcome of a plan that writes nothing: a tag that was found, or, in a rehearsal, one that would be written. */
export async function conclusionOf(scene: TagScene, plan: TagPlan): Promise<Applied> {
  const { release, dated, clock } = scene;
  if (plan.plan === "create") {
    const because = `${release.tag} is absent and would be created on ${release.sha}`;
    return { checks: [tagCheck(because), ...judgeDayBefore(dated, clock.now())], effect: "planned", object: "" };
  }
  const { object } = plan.seen;
  if (plan.plan === "refuse") return { checks: [judgeTag(release, plan)], effect: "refused", object };
  const checks = [judgeTag(release, plan), ...(await guarded("tag-made", () => examine(scene, plan)))];
  return { checks, effect: conclude(checks).result === "pass" ? "already" : "refused", object };
}

/** A tag that was there counts only with the signature that the policy wants, and, where told so, only if made here. */
async function examine({ release, policy, tags, signer, dated }: TagScene, { seen }: Found): Promise<Check[]> {
  const wanted = policy.manual === "refuse" ? wantedTag(release, policy) : undefined;
  const signed = await signer?.inspect(release.tag);
  const signature = signed ? [judgeSignature(release.tag, signed)] : [];
  const needed = dated !== undefined || wanted?.kind === "annotated";
  const read = signed?.read ?? (needed && seen.annotated ? await tags.read(seen.object) : undefined);
  const day = judgeDayOf(dated, seen.annotated ? read : undefined);
  return [...signature, ...day, ...(wanted ? [judgeMaker(wanted, { ref: seen, read })] : [])];
}

function write({ tags, signer }: TagScene, wanted: NewTag): Promise<TagWriting> {
  return signer ? signer.create(wanted) : tags.create(wanted);
}

async function lookAgain(scene: TagScene, because: string): Promise<Applied> {
  const plan = decideTag(scene.release, scene.policy, await scene.tags.find(scene.release.tag));
  if (plan.plan !== "create") return conclusionOf(scene, plan);
  return { checks: [unwritten("tag.create-failed", because)], effect: "refused", object: "" };
}

async function readBack({ tags, signer, dated }: TagScene, object: string, wanted: NewTag): Promise<Check[]> {
  const written = tagCheck(`${wanted.tag} was created on ${wanted.commit}`);
  const judged = await guarded("readback", async () => {
    const ref = await tags.find(wanted.tag);
    const signed = await signer?.inspect(wanted.tag);
    const read = signed?.read ?? (wanted.kind === "annotated" ? await tags.read(object) : undefined);
    const standing = [judgeReadBack({ object, wanted }, { ref, read }), ...judgeDayOf(dated, read)];
    return signed ? [...standing, judgeSignature(wanted.tag, signed)] : standing;
  });
  return [written, ...judged];
}

/** A question that fails after a write must not hide what was written: it becomes a check that is inconclusive. */
async function guarded(id: string, ask: () => Promise<Check[]>): Promise<Check[]> {
  try {
    return await ask();
  } catch (thrown) {
    const { code, message } = toFailure(thrown);
    const title = "The tag reads back as it was written";
    return [{ id, title, required: true, result: "inconclusive", code, because: message, evidence: [] }];
  }
}

function unwritten(code: RefusalCode, because: string): Check {
  return { ...tagCheck(because), result: "fail", code };
}

function tagCheck(because: string): Check {
  const title = "Exactly one tag names this version, on the gated commit";
  return { id: "tag", title, required: true, result: "pass", because, evidence: [] };
}
