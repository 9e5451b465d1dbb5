import { applicableGates } from "#src/contract/config/applicable-gates";
import { type RiskDocument, riskAttachment } from "#src/domain/changes/risk-document";
import { question } from "#src/domain/question";
import type { Check } from "#src/domain/verdict";
import type { Aim } from "./aim.ts";
import { judgeBumpCommit } from "./bump-commit.ts";
import { type Ending, endingOf } from "./ending.ts";
import type { Facts, Policy } from "./facts.ts";
import { judgeIssues } from "./issues/judge-issues.ts";
import { judgeBump } from "./judge-bump.ts";
import { judgeChangelog } from "./judge-changelog.ts";
import { judgeDeployment } from "./judge-deployment.ts";
import { judgeGlobs } from "./judge-globs.ts";
import { judgeLine } from "./judge-line.ts";
import { judgeMatrix } from "./judge-matrix.ts";
import { judgePush } from "./judge-push.ts";
import { judgeScope } from "./judge-scope.ts";
import { judgeSource } from "./judge-source.ts";
import { judgeCommits, judgeTarget } from "./judge-target.ts";
import { judgeTargets } from "./judge-targets.ts";
import { judgeTiers } from "./judge-tiers.ts";
import { judgeToolchain } from "./judge-toolchain.ts";
import { judgeStep, judgeVersion } from "./judge-version.ts";
import { applyOverrides } from "./overrides.ts";
import { releaseQuestions } from "./questions.ts";
import { composeRisk } from "./risk/compose-risk.ts";

/** The decision of the plan: every check, how it ends, and the release notes. */
export interface Decision {
  checks: Check[];
  ending: Ending;
  notes: string | undefined;
  /** The day that the changelog dates the version with. */
  date?: string | undefined;
  /** What the changes led to; undefined where nothing is released. */
  risk: RiskDocument | undefined;
}

/** Decides what is released and whether it may be called that. Every question that can be asked is asked, and all are reported. */
export function decide(policy: Policy, facts: Facts, aim: Aim): Decision {
  const found = judgeAll(policy, facts, aim);
  const { overrides: text, actor } = policy;
  const request = { text, actor, now: facts.setting.now, approvals: approvingGates(policy, found.risk) };
  return { ...found, checks: applyOverrides(found.checks, request) };
}

/** Required gates that ask people, after the plan and before the tag, of whom none may be the one who started the run. */
function approvingGates({ gates }: Policy, risk: RiskDocument | undefined): string[] {
  const out = risk?.gates.filter(({ applies }) => !applies).map(({ id }) => id) ?? [];
  return applicableGates({ gates })
    .filter((gate) => gate.kind === "approval" && !gate["merge-review"] && gate["not-by"].includes("actor"))
    .filter(({ id, required }) => required && !out.includes(id))
    .map(({ id }) => id);
}

function judgeAll(policy: Policy, facts: Facts, aim: Aim): Decision {
  const ending = endingOf(policy, facts, aim);
  const always = [
    ...judgeSource(policy, facts),
    ...judgeBumpCommit(facts.bumpCommit),
    ...judgeVersion(facts, aim),
    ...judgePush(policy, facts, aim),
    ...judgeTarget(policy, facts, { aim, ending }),
  ];
  if (ending !== "release") return { checks: [...always, ...moot(ending)], ending, notes: undefined, risk: undefined };
  const risk = composeRisk(policy, facts, aim);
  const described = judgeChangelog(policy, facts, aim);
  const step = [
    ...judgeStep(facts, aim),
    ...judgeLine(facts, aim),
    judgeCommits(facts, aim),
    ...judgeBump(policy, facts, aim),
    ...judgeScope(policy, facts, aim),
  ];
  const weighed = [
    ...judgeDeployment(policy, facts, risk),
    ...judgeTiers(policy, risk),
    ...judgeGlobs(facts),
    ...judgeMatrix(risk),
    ...judgeTargets(facts),
    ...judgeToolchain(facts),
    ...leftOut(risk),
  ];
  const issues = judgeIssues(policy, facts.issues);
  const { notes, date } = described;
  return { checks: [...always, ...step, ...described.checks, ...issues, ...weighed], ending, notes, date, risk };
}

/** Each gate that is left out stands in the record itself, so that whoever verifies the chain can hold the gates against it. */
function leftOut({ gates }: RiskDocument): Check[] {
  return gates
    .filter(({ applies }) => !applies)
    .map(({ id, because }) =>
      question(`gate:${id}`, `Gate ${id} applies to this release`).notApplicable("gates.not-applicable", because, [
        riskAttachment,
      ]),
    );
}

/** A landing without a version change, or on a pre-release, is no release, so the questions about one do not arise. */
function moot(ending: Exclude<Ending, "release">): Check[] {
  const because = ending === "unchanged" ? "the version has not changed" : "pre-releases are not released";
  const code = ending === "unchanged" ? "plan.version-unchanged" : "plan.prerelease-not-released";
  return Object.values(releaseQuestions).map((ask) => ask.notApplicable(code, `nothing is released: ${because}`));
}
