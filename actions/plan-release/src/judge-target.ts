import { question } from "#src/domain/question";
import type { Check } from "#src/domain/verdict";
import { type Aim, isUnnamed } from "./aim.ts";
import type { Ending } from "./ending.ts";
import type { CommitSummary, Facts, Policy } from "./facts.ts";
import { unnamedCheck } from "./judge-version.ts";
import { releaseQuestions } from "./questions.ts";

type NamedTag = Exclude<Aim["tag"], { kind: "unnamed" }>;

/** Judges the tag that is to be made: its name, and whether the remote has it already. */
export function judgeTarget(policy: Policy, facts: Facts, { aim, ending }: { aim: Aim; ending: Ending }): Check[] {
  const named = question("target", "The tag is the one that the version gives");
  if (isUnnamed(aim.tag)) return [unnamedCheck(named, aim.tag)];
  const check = named.pass(aim.tag.name);
  return [
    check,
    ending === "release" ? tagCheck(policy, facts, aim.tag) : mootTag(policy, facts, { tag: aim.tag, ending }),
  ];
}

/** Tells where the target tag is on the remote, seen from the released commit. */
export function tagStateOf({ remote, checkout }: Facts, { tag }: Aim): "absent" | "present" | "elsewhere" | "unknown" {
  if (!remote.known || isUnnamed(tag)) return "unknown";
  if (tag.commit === undefined) return "absent";
  return tag.commit === checkout.head ? "present" : "elsewhere";
}

/** Judges what changed since the base: the history is there, and it holds at least one commit. */
export function judgeCommits({ checkout, baseReachable, commits }: Facts, { base }: Aim): Check {
  const ask = releaseQuestions.commits;
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

/** A version that has not changed needs no release only if the release that its tag began was concluded. */
function mootTag(
  { concludes }: Policy,
  { published }: Facts,
  { tag: { name, commit }, ending }: { tag: NamedTag; ending: Exclude<Ending, "release"> },
): Check {
  const ask = question("tag-free", "The tag is free");
  if (ending === "pre-release")
    return ask.notApplicable(
      "plan.prerelease-not-released",
      `${name} would name a pre-release, and only stable versions are released`,
    );
  if (concludes && !published) {
    return ask.unsure(
      "plan.remote-unknown",
      `expected to learn whether ${name} has a published release, found no answer`,
    );
  }
  if (concludes && !published?.has(name)) {
    const because = `${name} is on ${commit} and the version has not changed since; expected its published release, found none`;
    return ask.fail("plan.tagged-not-released", because);
  }
  const because = `the version is released as ${name} on ${commit}, and has not changed since`;
  return ask.notApplicable("plan.version-unchanged", because);
}

function tagCheck(policy: Policy, { checkout, remote, tagged, push }: Facts, { name, commit }: NamedTag): Check {
  const ask = question("tag-free", "The tag is free");
  if (!remote.known) return ask.unsure("plan.remote-unknown", `expected the remote's tags, found: ${remote.because}`);
  if (commit === undefined) return ask.pass(`the remote has no tag ${name}`);
  if (commit === checkout.head) return ask.pass(`${name} is on this commit already; nothing is left to tag`, [commit]);
  if (push) {
    const because = `expected ${name} to be free or on ${checkout.head}, found it on ${commit}; a tag never moves`;
    return ask.fail("plan.tag-exists-elsewhere", because, [checkout.head, commit]);
  }
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
