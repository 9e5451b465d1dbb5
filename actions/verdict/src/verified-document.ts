import { requireBuiltFiles } from "#src/domain/build-manifest-reading";
import { canonicalJson } from "#src/domain/digest";
import type { Attachment } from "#src/domain/report";
import { targetsOf } from "#src/domain/targets";
import { verifiedAsset, verifiedReleaseSchema } from "#src/domain/verified-release";
import { requirePlan, type StageContext } from "#src/stage-context";

/** Writes down what was verified, from the plan and the build alone: the same evidence gives the same bytes. */
export function verifiedDocument(context: StageContext): Attachment {
  const { plan, release, policy, config } = requirePlan(context);
  const files = requireBuiltFiles(context.ledger, release);
  const targets = targetsOf(plan) ?? null;
  const document = { schema: "seaworthy-verified/1", release, policy, config, targets, files };
  return { name: verifiedAsset, content: canonicalJson(verifiedReleaseSchema.parse(document)) };
}
