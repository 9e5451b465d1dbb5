import type { Effect } from "#src/domain/effect";
import { toFailure } from "#src/domain/failure";
import type { Check } from "#src/domain/verdict";
import type { NewTag, RefusalCode, SeenTag, TagObject, Tags } from "#src/ports/tags";
import { decideTag, judgeReadBack, judgeTag, type TaggedRelease, type TagPlan } from "./decide.ts";

/** What became of the tag. */
export interface Applied {
  checks: Check[];
  effect: Effect["state"];
  /** Object that the tag names; empty where there is none. */
  object: string;
}

/** Applies the plan to the remote, without a thought of its own: what it meets on the way is decided anew by `decideTag`. */
export async function applyPlan(release: TaggedRelease, plan: TagPlan, tags: Tags): Promise<Applied> {
  if (plan.plan !== "create") return conclusionOf(release, plan);
  const again = decideTag(release, await tags.find(release.tag));
  if (again.plan !== "create") return conclusionOf(release, again);

  const writing = await tags.create(again.wanted);
  switch (writing.outcome) {
    case "created":
      return { checks: await readBack(writing.object, again.wanted, tags), effect: "done", object: writing.object };
    case "refused":
      return { checks: [unwritten(writing.code, writing.because)], effect: "refused", object: "" };
    case "exists":
      return lookAgain(release, tags, "GitHub says that the tag exists, and the remote does not serve it");
    case "unclear":
      return lookAgain(release, tags, writing.because);
  }
}

/** States the outcome of a plan that writes nothing: a tag that was found, or, in a rehearsal, one that would be written. */
export function conclusionOf(release: TaggedRelease, plan: TagPlan): Applied {
  if (plan.plan === "create") {
    const because = `${release.tag} is absent and would be created on ${release.sha}`;
    return { checks: [tagCheck(because)], effect: "planned", object: "" };
  }
  const effect = plan.plan === "already" ? "already" : "refused";
  return { checks: [judgeTag(release, plan)], effect, object: plan.seen.object };
}

async function lookAgain(release: TaggedRelease, tags: Tags, because: string): Promise<Applied> {
  const plan = decideTag(release, await tags.find(release.tag));
  if (plan.plan !== "create") return conclusionOf(release, plan);
  return { checks: [unwritten("tag.create-failed", because)], effect: "refused", object: "" };
}

async function readBack(object: string, wanted: NewTag, tags: Tags): Promise<Check[]> {
  const written = tagCheck(`${wanted.tag} was created on ${wanted.commit}`);
  try {
    const [ref, read]: [SeenTag | "absent", TagObject] = [await tags.find(wanted.tag), await tags.read(object)];
    return [written, judgeReadBack({ object, wanted }, ref, read)];
  } catch (thrown) {
    const { code, message } = toFailure(thrown);
    const title = "The tag reads back as it was written";
    return [
      written,
      { id: "readback", title, required: true, result: "inconclusive", code, because: message, evidence: [object] },
    ];
  }
}

function unwritten(code: RefusalCode, because: string): Check {
  return { ...tagCheck(because), result: "fail", code };
}

function tagCheck(because: string): Check {
  const title = "Exactly one tag names this version, on the gated commit";
  return { id: "tag", title, required: true, result: "pass", because, evidence: [] };
}
