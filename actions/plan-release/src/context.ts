import type { ReleaseIdentity } from "#src/domain/release";
import { type Aim, isUnnamed } from "./aim.ts";
import type { Facts, Policy } from "./facts.ts";

/** Format of the context's file. */
export const contextFormat = "seaworthy-context/1";

/** The resolved context of a release, as `context.json` freezes it: who, where, which values, and what changed. */
export function contextOf(
  drawing: { run: { ref: string }; policy: Policy; facts: Facts; aim: Aim },
  { tag, version, sha, base, mode, repository }: ReleaseIdentity,
) {
  const { run, policy, facts, aim } = drawing;
  return {
    schema: contextFormat,
    release: { repository, tag, version, sha, base, mode },
    "version-class": isUnnamed(aim.version) ? null : aim.version.class,
    operator: policy.operator,
    environment: policy.environment || null,
    run: { event: facts.run.event, ref: run.ref, sha: facts.run.sha },
    sources: facts.versions.map(({ file, place, found }) => ({ file, place, ...found })),
    commits: commitsOf(facts),
  };
}

function commitsOf({ commits }: Facts) {
  if (!commits) return null;
  const { listed, ...counts } = commits;
  return { ...counts, listed: listed.length, "left-out": counts.total - listed.length, list: listed };
}
