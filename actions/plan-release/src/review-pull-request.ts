import type { Config } from "#src/contract/config/schema";
import { catalogue } from "#src/domain/catalogue";
import { canonicalJson, digestOf } from "#src/domain/digest";
import { Failure } from "#src/domain/failure";
import { question } from "#src/domain/question";
import type { Mode } from "#src/domain/release";
import type { StageReport } from "#src/domain/report";
import { type Check, decidingCode } from "#src/domain/verdict";
import type { CheckoutFacts } from "#src/ports/checkout";
import { configAttachment } from "#src/stage-context";
import { type Aim, isUnnamed } from "./aim.ts";
import { proposeChangelog, showProposals } from "./changelog-proposals.ts";
import { changeOf } from "./ending.ts";
import type { Facts, Policy, PushFacts, RunFacts } from "./facts.ts";
import { gather, type Ports } from "./gather.ts";
import { judgeChangelog } from "./judge-changelog.ts";
import { judgeComparison } from "./judge-push.ts";
import { judgeCheckout } from "./judge-source.ts";
import { judgeTarget } from "./judge-target.ts";
import { judgeStep, judgeVersion } from "./judge-version.ts";
import { planSummary } from "./plan-summary.ts";
import { releaseQuestions } from "./questions.ts";

/** What a pull request is judged on. `before` is null where the first parent of the checkout is compared with. */
export interface Review {
  run: RunFacts & { repository: string };
  mode: Mode;
  config: Config;
  checkout: CheckoutFacts;
  before: string | null;
}

const zeros = "0".repeat(40);

/**
 * Tells which commit a pull request is compared with: the input, else the first parent of the merge commit that GitHub makes for the
 * event. Throws `plan.pull-request-unreadable` on other events, whose commit may be no such merge.
 */
export function pullRequestBase({ before }: { before: string }, { event }: RunFacts): string | null {
  if (before !== "" && before !== zeros) return before;
  if (event === "pull_request") return null;
  throw new Failure({
    kind: "input",
    code: "plan.pull-request-unreadable",
    message: `expected a run on pull_request, or the commit to compare with in input before, found ${event} and none`,
    hint: "Run the mode `pull-request` on `pull_request` events, or pass the commit as `before`.",
  });
}

/**
 * Judges what a pull request would bring, before it is merged: the version where it differs from the base's, and then the changelog by
 * the rules that the release is held to. It needs no more than to read the contents, releases nothing, and names no tag.
 */
export async function reviewPullRequest(policy: Policy, review: Review, ports: Ports): Promise<StageReport> {
  const { run, checkout, config, mode, before } = review;
  const narrowed = narrow(policy);
  const push = { before, after: checkout.head };
  const { facts, aim } = await gather(narrowed, { run, checkout, push }, ports);
  const pull = facts.push;
  if (!pull) throw new Error("expected the facts of the pull request that was asked for, found none");
  const { checks, notes } = judge(narrowed, facts, { aim, pull });
  const proposals = changeOf(pull, aim) === "changed" ? proposeChangelog(narrowed, facts, aim) : [];
  return {
    checks,
    next: nextStep(checks),
    release: {
      repository: run.repository,
      component: config.component,
      tag: null,
      version: isUnnamed(aim.version) ? null : aim.version.text,
      sha: checkout.head,
      base: "at" in aim.base ? aim.base.at.tag : null,
      mode,
    },
    policy: digestOf(config),
    attachments: [{ name: configAttachment, content: canonicalJson(config) }, ...proposals],
    noRelease: true,
    summary: [planSummary(facts, aim, notes), ...showProposals(proposals)].join("\n\n"),
  };
}

/** The tracker and the published releases are for the release to ask, which may read more than the contents. */
function narrow(policy: Policy): Policy {
  const { bump, issues } = policy;
  return { ...policy, bump: { ...bump, decision: "declared" }, issues: { ...issues, audit: "off" }, concludes: false };
}

function judge(policy: Policy, facts: Facts, { aim, pull }: { aim: Aim; pull: PushFacts }) {
  const found = [...judgeCheckout(facts), judgeComparison(pull), ...judgeVersion(facts, aim), difference(pull, aim)];
  if (changeOf(pull, aim) === "unchanged") return { checks: [...found, ...moot()], notes: undefined };
  const described = judgeChangelog(policy, facts, aim);
  const target = judgeTarget(policy, facts, { aim, ending: "release" });
  return { checks: [...found, ...target, ...judgeStep(facts, aim), ...described.checks], notes: described.notes };
}

function difference(pull: PushFacts, aim: Aim): Check {
  const ask = question("pull-request-version", "Whether the pull request changes the version is known");
  const change = changeOf(pull, aim);
  if (change === "unknown" || isUnnamed(aim.version))
    return ask.unsure("plan.change-base-unknown", "this needs the version here and the version before");
  return change === "unchanged"
    ? ask.pass(`it leaves ${aim.version.text} as it is`)
    : ask.pass(`it sets ${aim.version.text}, so that the changelog must describe it`);
}

function moot(): Check[] {
  const { increase, section } = releaseQuestions;
  return [increase, section].map((ask) =>
    ask.notApplicable("plan.version-unchanged", "the pull request leaves the version as it is"),
  );
}

function nextStep(checks: Check[]): string {
  const code = decidingCode(checks);
  if (code) return catalogue[code].remedy;
  return "Nothing: version and changelog may be merged as they are. The release judges them again on its own commit.";
}
