import { declaredBump } from "#src/domain/bump-decision";
import { contextFormat } from "#src/domain/plan-context";
import type { ReleaseIdentity } from "#src/domain/release";
import { type Aim, isUnnamed } from "./aim.ts";
import type { Decision } from "./decide.ts";
import { changeOf } from "./ending.ts";
import type { Facts, Policy, PushFacts } from "./facts.ts";
import { skippedVersions } from "./judge-push.ts";
import { disagreeing } from "./version-sources.ts";

/** The resolved context of a release, as `context.json` freezes it: who, where, which values, and what changed. */
export function contextOf(
  drawing: { run: { ref: string }; policy: Policy; facts: Facts; aim: Aim; decision: Decision },
  { tag, version, sha, base, mode, repository }: ReleaseIdentity,
) {
  const { run, policy, facts, aim, decision } = drawing;
  return {
    schema: contextFormat,
    release: { repository, tag, version, sha, base, mode },
    "version-class": isUnnamed(aim.version) ? null : aim.version.class,
    operator: policy.operator,
    environment: policy.environment || null,
    run: { event: facts.run.event, ref: run.ref, sha: facts.run.sha },
    "checked-out": facts.bumpCommit?.head ?? sha,
    sources: sourcesOf(facts),
    changelog: decision.date === undefined ? null : { date: decision.date },
    push: facts.push ? pushOf(facts.push, aim) : null,
    bump: bumpOf(policy, facts, aim),
    commits: commitsOf(facts),
  };
}

function sourcesOf({ versions }: Facts) {
  const wrong = new Set(disagreeing(versions));
  return versions.map((reading) => {
    const { file, place, found } = reading;
    return { file, place, ...found, agrees: found.kind === "not-applicable" ? null : !wrong.has(reading) };
  });
}

function pushOf(push: PushFacts, aim: Aim) {
  const { before, after, base, declared, forward } = push;
  return {
    before,
    after,
    "compared-with": base,
    "version-before": declared?.found.kind === "value" ? declared.found.text : null,
    "file-before": declared?.found.kind === "value" ? declared.file : null,
    "version-after": isUnnamed(aim.version) ? null : aim.version.text,
    change: changeOf(push, aim),
    "fast-forward": forward ?? null,
    "skipped-versions": skippedVersions(push, aim),
  };
}

/** What the commits ask for beside what is declared; null where there is no stable release to step from. */
function bumpOf({ bump: { decision } }: Policy, { commits }: Facts, { version, base }: Aim) {
  if (!commits || isUnnamed(version) || !("at" in base)) return null;
  return { decision, ...commits.asked, declared: declaredBump(base.at, version), unclassified: commits.unclassified };
}

function commitsOf({ commits }: Facts) {
  if (!commits) return null;
  const { listed, asked: _asked, changes: _changes, labels: _labels, bumpMessage: _message, ...counts } = commits;
  return { ...counts, listed: listed.length, "left-out": counts.total - listed.length, list: listed };
}
