import type { AdmittedRecord } from "#src/domain/admission";
import { Failure } from "#src/domain/failure";
import { parseJson } from "#src/domain/parse-json";
import { type TargetManifest, targetManifestSchema, targetsAttachment } from "#src/domain/target-manifest";

/** Platforms of a channel, sorted, by how they are supported. A platform that no target names for the channel is in neither. */
export interface Platforms {
  official: string[];
  preview: string[];
}

/** Reads the targets that a plan froze; undefined where none are declared. Throws `all.evidence-mismatch` for another form. */
export function targetsOf({ attachments }: Pick<AdmittedRecord, "attachments">): TargetManifest | undefined {
  const bytes = attachments.get(targetsAttachment);
  if (!bytes) return undefined;
  const parsed = targetManifestSchema.safeParse(parseJson(bytes));
  if (parsed.success) return parsed.data;
  throw new Failure({
    kind: "conflict",
    code: "all.evidence-mismatch",
    message: `expected targets in the plan's ${targetsAttachment}, found another document`,
    hint: "Hand the `record` output of plan-release over in `records`; start the release again if it was altered.",
  });
}

/** Lists a channel's platforms. Nothing is demanded of a channel that no target names. */
export function platformsOf({ targets }: TargetManifest, channel: string): Platforms {
  const offers = targets.flatMap((target) => target.offers).filter((offer) => offer.channel === channel);
  const of = (support: "official" | "preview") =>
    offers.filter((offer) => offer.support === support).map(({ platform }) => platform);
  return { official: of("official").toSorted(), preview: of("preview").toSorted() };
}
