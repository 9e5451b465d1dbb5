import { applicableGates } from "#src/contract/config/applicable-gates";
import type { ApplicableGate } from "#src/contract/config/gates";
import { approvalMinutes, gateMinutes, tagMinutes } from "#src/contract/config/job-minutes";
import type { Config } from "#src/contract/config/schema";
import { versionAfter } from "#src/domain/bump-decision";
import { catalogue } from "#src/domain/catalogue";
import { riskAttachment } from "#src/domain/changes/risk-document";
import { canonicalJson, digestOf } from "#src/domain/digest";
import { contextAttachment } from "#src/domain/plan-context";
import type { Mode, ReleaseIdentity } from "#src/domain/release";
import type { Attachment, StageReport } from "#src/domain/report";
import { targetsAttachment } from "#src/domain/target-manifest";
import { toolchainAttachment } from "#src/domain/toolchain";
import { conclude, decidingCode } from "#src/domain/verdict";
import { configAttachment } from "#src/stage-context";
import { type Aim, isUnnamed } from "./aim.ts";
import { proposeChangelog, showProposals } from "./changelog-proposals.ts";
import { contextOf } from "./context.ts";
import type { Decision } from "./decide.ts";
import type { Facts, Policy } from "./facts.ts";
import { type IssueReport, reportIssues } from "./issues/attach-issues.ts";
import { tagStateOf } from "./judge-target.ts";
import { planSummary } from "./plan-summary.ts";
import { riskSummary } from "./risk/risk-summary.ts";

/** All that a plan is made of. */
export interface Drawing {
  run: { repository: string; ref: string };
  mode: Mode;
  config: Config;
  policy: Policy;
  facts: Facts;
  aim: Aim;
  decision: Decision;
}

/** Compiles the report: the identity of the release, and the configuration, notes and context that later stages rely on. */
export function compilePlan(drawing: Drawing): StageReport {
  const { config, decision, facts, aim } = drawing;
  const release = identityOf(drawing);
  const proposals = decision.ending === "release" ? proposeChangelog(drawing.policy, facts, aim) : [];
  const issues = issuesOf(drawing, release);
  return {
    checks: decision.checks,
    next: nextStep(drawing, release),
    release,
    policy: digestOf(config),
    subjects: [{ name: release.repository, digest: { gitCommit: release.sha } }],
    attachments: [...attachmentsOf(drawing, release), ...proposals, ...(issues?.attachments ?? [])],
    outputs: outputsOf(drawing, release),
    noRelease: decision.ending !== "release",
    summary: [
      planSummary(facts, aim, decision.notes),
      ...(decision.risk ? [riskSummary(decision.risk)] : []),
      ...showProposals(proposals),
      ...(issues?.summary ?? []),
    ].join("\n\n"),
  };
}

/** The audit's own files; labels alone, which only decide the step, leave none. */
function issuesOf({ policy, facts: { issues } }: Drawing, { tag, version }: ReleaseIdentity): IssueReport | undefined {
  if (policy.issues.audit === "off" || !issues) return undefined;
  return reportIssues(policy, issues, tag ?? version ?? "this release");
}

/** Without a release there is no tag to make, so that no later stage can take the plan for one. */
function identityOf({ run, mode, facts, aim, config, decision }: Drawing): ReleaseIdentity {
  const tag = isUnnamed(aim.tag) ? null : aim.tag.name;
  const base = "at" in aim.base ? aim.base.at.tag : null;
  return {
    repository: run.repository,
    component: config.component,
    tag: decision.ending === "release" ? tag : null,
    version: isUnnamed(aim.version) ? null : aim.version.text,
    sha: facts.checkout.head,
    base: decision.ending === "unchanged" ? tag : base,
    mode,
  };
}

function attachmentsOf(drawing: Drawing, release: ReleaseIdentity): Attachment[] {
  const { config, decision, facts } = drawing;
  const targets = facts.targets && "targets" in facts.targets ? facts.targets : undefined;
  const toolchain = facts.toolchain && "pins" in facts.toolchain ? facts.toolchain : undefined;
  return [
    { name: configAttachment, content: canonicalJson(config) },
    { name: contextAttachment, content: canonicalJson(contextOf(drawing, release)) },
    ...(decision.notes === undefined ? [] : [{ name: "notes.md", content: decision.notes }]),
    ...(targets ? [{ name: targetsAttachment, content: canonicalJson(targets) }] : []),
    ...(toolchain ? [{ name: toolchainAttachment, content: canonicalJson(toolchain) }] : []),
    ...(decision.risk === undefined ? [] : [{ name: riskAttachment, content: canonicalJson(decision.risk) }]),
  ];
}

/** Kinds of gates that compare commits. */
const comparing: ApplicableGate["kind"][] = ["benchmark", "attestation", "soak"];

/** Outputs name a release only where there is one to make; all others keep their closed values, but for where the tag is. */
function outputsOf(
  { config, decision, facts, aim }: Drawing,
  { tag, version, sha, base }: ReleaseIdentity,
): Record<string, string> {
  const state = { "tag-state": tagStateOf(facts, aim) };
  const passed = conclude(decision.checks).result === "pass";
  if (!passed || tag === null || version === null) return state;
  return { ...state, tag, version, sha, base: base ?? "", ...weighedOutputs(config, decision.risk) };
}

/** Gates that do not apply are not in the matrix; the collector finds them in the plan's record. */
function weighedOutputs({ gates, tag }: Config, risk: Decision["risk"]): Record<string, string> {
  if (!risk) return {};
  const applying = risk.gates.filter(({ applies }) => applies).map(({ id }) => id);
  const deep = gates.filter(({ id, kind }) => applying.includes(id) && comparing.some((one) => one === kind));
  const running = applicableGates({ gates }).filter(({ id }) => applying.includes(id));
  const minutes = {
    gates: running.map((gate) => ({ gate: gate.id, minutes: gateMinutes(gate) })),
    approval: approvalMinutes(running),
    tag: tagMinutes(tag),
  };
  return {
    gates: JSON.stringify(applying),
    "job-minutes": JSON.stringify(minutes),
    "gates-with-history": JSON.stringify(deep.map(({ id }) => id)),
    "risk-level": risk.risk.level,
    strategy: risk.deployment.recommended ?? "",
    tiers: JSON.stringify(risk.tiers.map(({ tier }) => tier)),
  };
}

/** A suggestion is all that it is: no release edits the version. */
function suggestion({ bump }: Policy, { version }: Aim): string {
  return isUnnamed(version) ? "" : `, such as to ${versionAfter(version, bump.suggest)}`;
}

function nextStep({ decision, config, policy, aim }: Drawing, { tag, version, base }: ReleaseIdentity): string {
  const code = decidingCode(decision.checks);
  if (code) return catalogue[code].remedy;
  if (decision.ending === "pre-release")
    return `Nothing: ${version} is a pre-release, and only stable versions are released.`;
  if (decision.ending === "unchanged")
    return `Nothing: ${version} is released as ${base}. Raise the version to release again${suggestion(policy, aim)}.`;
  const applying = decision.risk?.gates.filter(({ applies }) => applies) ?? [];
  return `Run the gates (${applying.length} of ${config.gates.length} apply) on this commit, then tag it ${tag}.`;
}
