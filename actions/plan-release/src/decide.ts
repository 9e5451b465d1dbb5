import type { Check } from "#src/domain/verdict";
import type { Aim } from "./aim.ts";
import type { Facts, Policy } from "./facts.ts";
import { judgeChangelog } from "./judge-changelog.ts";
import { judgeSource } from "./judge-source.ts";
import { isUnchanged, judgeCommits, judgeTarget } from "./judge-target.ts";
import { judgeStep, judgeVersion } from "./judge-version.ts";
import { question } from "./question.ts";

/** The decision of the plan: every check, whether there is rightly nothing to release, and the release notes. */
export interface Decision {
  checks: Check[];
  unchanged: boolean;
  notes: string | undefined;
}

/** Decides what is released and whether it may be called that. Every question that can be asked is asked, and all are reported. */
export function decide(policy: Policy, facts: Facts, aim: Aim): Decision {
  const unchanged = isUnchanged(policy, facts, aim);
  const always = [...judgeSource(policy, facts), ...judgeVersion(facts, aim), ...judgeTarget(policy, facts, aim)];
  if (unchanged) return { checks: [...always, ...moot()], unchanged, notes: undefined };
  const described = judgeChangelog(policy, facts, aim);
  const checks = [...always, ...judgeStep(facts, aim), judgeCommits(facts, aim), ...described.checks];
  return { checks, unchanged, notes: described.notes };
}

/** A landing without a version change is no release, so the questions about one do not arise. */
function moot(): Check[] {
  const because = "nothing is released: the version has not changed";
  return [
    question("base", "The release before is known and on the remote"),
    question("version-increased", "The version is above every released one"),
    question("commits", "The commits since the release before are known"),
    question("changelog-section", "The changelog describes exactly this version, once"),
  ].map((ask) => ask.notApplicable(because, "plan.version-unchanged"));
}
