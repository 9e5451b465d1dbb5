import { canonicalJson } from "#src/domain/digest";
import { parseJson } from "#src/domain/parse-json";
import { type VerdictDocument, verdictSchema } from "#src/domain/release-verdict";

/**
 * Tells whether two verdicts released the same thing: identity with repository and mode, policy, plan of all writes, and
 * built files. Runs, times and records may differ, as they do when a release is run again.
 */
export function isSameRelease(published: Uint8Array, own: Uint8Array): boolean {
  const [found, wanted] = [read(published), read(own)];
  return found !== undefined && wanted !== undefined && canonicalJson(found) === canonicalJson(wanted);
}

function read(bytes: Uint8Array) {
  const parsed = verdictSchema.safeParse(parseJson(bytes));
  return parsed.success && hasReleased(parsed.data) ? substance(parsed.data) : undefined;
}

function hasReleased({ verdict }: VerdictDocument): boolean {
  return verdict === "Released" || verdict === "Released-with-override";
}

function substance({ release, policy, subjects, stages, ...rest }: VerdictDocument) {
  const proven = stages.map(({ stage, leg, verdict }) => ({ stage, leg, verdict }));
  return { release, policy, subjects, proven, plan: rest["plan-digest"] };
}
