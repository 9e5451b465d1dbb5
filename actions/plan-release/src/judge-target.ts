import type { Check } from "#src/domain/verdict";
import { compareVersions } from "#src/domain/version-order";
import { type Aim, isUnnamed } from "./aim.ts";
import type { CommitSummary, Facts, Policy } from "./facts.ts";
import { unnamedCheck } from "./judge-version.ts";
import { question } from "./question.ts";

type NamedTag = Exclude<Aim["tag"], { kind: "unnamed" }>;

/** Judges the tag that is to be made: its name, and whether the remote has it already. */
export function judgeTarget(policy: Policy, facts: Facts, aim: Aim): Check[] {
  const named = question("target", "The tag is the one that the version gives");
  if (isUnnamed(aim.tag)) return [unnamedCheck(named, aim.tag)];
  const check = named.pass(aim.tag.name);
  return [check, isUnchanged(policy, facts, aim) ? unchangedCheck(aim.tag) : tagState(policy, facts, aim.tag)];
}

/**
 * Tells whether there is rightly nothing to release: the version is the highest released one, nobody asked for its tag,
 * and the tagged commit is an ancestor that holds the same version. Unknown is never unchanged.
 */
export function isUnchanged({ tag: asked }: Policy, { tagged }: Facts, { version, top }: Aim): boolean {
  if (asked !== "" || !tagged || isUnnamed(version)) return false;
  const isHighest = !top || compareVersions(version, top) > 0;
  return isHighest && tagged.ancestor === true && tagged.version === version.text;
}

/** Judges what changed since the base: the history is there, and it holds at least one commit. */
export function judgeCommits({ checkout, baseReachable, commits }: Facts, { base }: Aim): Check {
  const ask = question("commits", "The commits since the release before are known");
  if (isUnnamed(base)) return ask.unsure(base.code, "this needs the release before, which is not known");
  if (checkout.shallow)
    return ask.unsure("plan.history-truncated", "expected the whole history, found a shallow clone");
  if (baseReachable === false || !commits) {
    const missing = base.kind === "base" ? `${base.at.tag} (${base.at.commit})` : "the first commit";
    return ask.unsure(
      "plan.history-truncated",
      `expected ${missing} in the checkout, found it missing: use \`fetch-depth: 0\``,
    );
  }
  const since = base.kind === "base" ? `since ${base.at.tag}` : "in the whole history";
  return commits.total === 0
    ? ask.fail("plan.nothing-to-release", `expected at least one commit ${since}, found none`)
    : ask.pass(`${commits.total} ${since}: ${countsOf(commits)}`);
}

/** Writes the counts by class, largest first. */
export function countsOf(commits: CommitSummary): string {
  const counts = Object.entries(commits["by-class"]).toSorted(([, a], [, b]) => b - a);
  const breaking = commits.breaking > 0 ? [`${commits.breaking} breaking`] : [];
  return [...counts.map(([name, count]) => `${count} ${name}`), ...breaking].join(", ");
}

function unchangedCheck({ name, commit }: NamedTag): Check {
  const because = `the version is released as ${name} on ${commit}, and has not changed since`;
  return question("tag-free", "The tag is free").notApplicable(because, "plan.version-unchanged");
}

function tagState(policy: Policy, { checkout, remote, tagged }: Facts, { name, commit }: NamedTag): Check {
  const ask = question("tag-free", "The tag is free");
  if (!remote.known) return ask.unsure("plan.remote-unknown", `expected the remote's tags, found: ${remote.because}`);
  if (commit === undefined) return ask.pass(`the remote has no tag ${name}`);
  if (commit === checkout.head) return ask.pass(`${name} is on this commit already; nothing is left to tag`, [commit]);
  if (policy.tag === "" && tagged?.ancestor === "unknown") {
    const because = `${name} is on ${commit}; expected to read that commit, to tell whether the version changed since, found it out of reach`;
    return ask.unsure("plan.change-base-unknown", because, [commit]);
  }
  const because = `expected ${name} to be free or on ${checkout.head}, found it on ${commit}; auto-tag will refuse`;
  return question("tag-free", "The tag is free", false).fail("plan.tag-on-other-commit", because, [
    checkout.head,
    commit,
  ]);
}
