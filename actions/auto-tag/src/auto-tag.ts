import type * as z from "zod";
import { recordOf } from "#src/domain/ledger";
import type { StageReport } from "#src/domain/report";
import { conclude } from "#src/domain/verdict";
import type { Tags } from "#src/ports/tags";
import { requirePlan, type StageContext } from "#src/stage-context";
import { type Applied, applyPlan, conclusionOf } from "./apply.ts";
import type { contract } from "./contract.ts";
import { decideTag, judgeGates, type TaggedRelease } from "./decide.ts";

/** Tags the gated commit: asks the remote, decides, writes in live mode only, and reads back. Throws `tag.remote-unknown`. */
export async function autoTag(
  _given: z.output<typeof contract.inputs>,
  context: StageContext,
  { tags }: { tags: Tags },
): Promise<StageReport> {
  const { release } = requirePlan(context);
  const gates = judgeGates(release, recordOf(context.ledger, "release-gates")?.record);
  if (conclude(gates).result !== "pass") {
    return reportOf(release, { checks: gates, effect: "refused", object: "" });
  }
  const plan = decideTag(release, await tags.find(release.tag));
  const applied = release.mode === "rehearsal" ? conclusionOf(release, plan) : await applyPlan(release, plan, tags);
  return reportOf(release, { ...applied, checks: [...gates, ...applied.checks] });
}

function reportOf(release: TaggedRelease, { checks, effect, object }: Applied): StageReport {
  const { tag, sha } = release;
  const passed = conclude(checks).result === "pass";
  const target = `refs/tags/${tag}`;
  return {
    checks,
    effects: [{ kind: "tag", target, precondition: "absent", wanted: `annotated ${sha}`, state: effect }],
    subjects: [{ name: target, digest: { gitCommit: sha, ...(object === "" || !passed ? {} : { gitTag: object }) } }],
    ...(passed ? { outputs: { tag, "tag-object": object, state: effect === "done" ? "created" : effect } } : {}),
    next: passed ? `Build from ${tag}.` : "Nothing was released. Correct what blocks, and rerun.",
  };
}
