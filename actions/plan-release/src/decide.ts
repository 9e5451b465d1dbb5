import type { Check } from "#src/domain/verdict";
import type { Aim } from "./aim.ts";
import { judgeBumpCommit } from "./bump-commit.ts";
import { type Ending, endingOf } from "./ending.ts";
import type { Facts, Policy } from "./facts.ts";
import { judgeBump } from "./judge-bump.ts";
import { judgeChangelog } from "./judge-changelog.ts";
import { judgePush } from "./judge-push.ts";
import { judgeSource } from "./judge-source.ts";
import { judgeCommits, judgeTarget } from "./judge-target.ts";
import { judgeStep, judgeVersion } from "./judge-version.ts";
import { releaseQuestions } from "./questions.ts";

/** The decision of the plan: every check, how it ends, and the release notes. */
export interface Decision {
  checks: Check[];
  ending: Ending;
  notes: string | undefined;
  /** The day that the changelog dates the version with. */
  date?: string | undefined;
}

/** Decides what is released and whether it may be called that. Every question that can be asked is asked, and all are reported. */
export function decide(policy: Policy, facts: Facts, aim: Aim): Decision {
  const ending = endingOf(policy, facts, aim);
  const always = [
    ...judgeSource(policy, facts),
    ...judgeBumpCommit(facts.bumpCommit),
    ...judgeVersion(facts, aim),
    ...judgePush(policy, facts, aim),
    ...judgeTarget(policy, facts, { aim, ending }),
  ];
  if (ending !== "release") return { checks: [...always, ...moot(ending)], ending, notes: undefined };
  const described = judgeChangelog(policy, facts, aim);
  const step = [...judgeStep(facts, aim), judgeCommits(facts, aim), ...judgeBump(policy, facts, aim)];
  return { checks: [...always, ...step, ...described.checks], ending, notes: described.notes, date: described.date };
}

/** A landing without a version change, or on a pre-release, is no release, so the questions about one do not arise. */
function moot(ending: Exclude<Ending, "release">): Check[] {
  const because = ending === "unchanged" ? "the version has not changed" : "pre-releases are not released";
  const code = ending === "unchanged" ? "plan.version-unchanged" : "plan.prerelease-not-released";
  return Object.values(releaseQuestions).map((ask) => ask.notApplicable(code, `nothing is released: ${because}`));
}
