import type * as z from "zod";
import type { Config } from "#src/contract/config/schema";
import { readConfig } from "#src/contract/read-config";
import type { Mode } from "#src/domain/release";
import type { StageReport } from "#src/domain/report";
import { auditHistory } from "./audit-history.ts";
import { findBumpCommit } from "./bump-commit.ts";
import { compilePlan } from "./compile-plan.ts";
import type { contract } from "./contract.ts";
import { decide } from "./decide.ts";
import type { BumpCommit, Policy, RunFacts } from "./facts.ts";
import { gather, type Ports } from "./gather.ts";
import { pushIds } from "./push-ids.ts";
import { readLabels } from "./read-labels.ts";
import { pullRequestBase, reviewPullRequest } from "./review-pull-request.ts";

/** The inputs, as the contract reads them. */
export type Given = z.output<typeof contract.inputs>;

/** The run as the runner tells it, as far as the plan needs it. */
export interface Run extends RunFacts {
  repository: string;
  serverUrl: string;
  ref: string;
  actor: string;
}

/** Plans a release, or judges a pull request or reports on the history, as the mode asks: reads the configuration of the checked-out commit, gathers, decides, and freezes what was decided. */
export async function planRelease(given: Given, run: Run, ports: Ports): Promise<StageReport> {
  const checkout = await ports.local.look();
  const config = readConfig(await ports.local.read(given.config, checkout.head), given.config);
  const policy = policyOf(given, run, config);
  const mode: Mode = given["release-mode"];
  // Where releases are not published on GitHub, their absence there says nothing.
  const released = policy.concludes ? ports.released : undefined;
  if (given.mode === "audit") return auditHistory(policy, { run, mode, config, checkout }, { ...ports, released });
  if (given.mode === "pull-request") {
    const before = pullRequestBase(given, run);
    return reviewPullRequest(policy, { run, mode, config, checkout, before }, ports);
  }
  const push = given.mode === "push" ? pushIds(given, ports.pushEvent()) : undefined;
  const bumpCommit = await bumpCommitOf(config, checkout.head, ports);
  const { facts, aim } = await gather(policy, { run, checkout, push, bumpCommit }, ports);
  return compilePlan({ run, mode, config, policy, facts, aim, decision: decide(policy, facts, aim) });
}

async function bumpCommitOf({ tag, version }: Config, head: string, { local }: Ports): Promise<BumpCommit | undefined> {
  return tag.target === "bump-commit" ? findBumpCommit(version.sources, head, local) : undefined;
}

function policyOf(given: Given, run: Run, config: Config): Policy {
  const { version, bump, changelog, issues, promote, report, targets, toolchain } = config;
  const { changes, risk, environments, tiers, gates, smoke, blockers } = config;
  return {
    ...{ changes, risk, environments, tiers, gates, smoke, blockers },
    ...(targets && { targets }),
    ...(toolchain && { toolchain }),
    version,
    bump,
    labels: readLabels(given.labels),
    changelog,
    issues,
    home: { repository: run.repository, serverUrl: run.serverUrl },
    chain: promote?.chain ?? [],
    issuesUrl: changelog["issues-url"] ?? `${run.serverUrl}/${run.repository}/issues/`,
    tag: given.tag,
    baseTag: given["base-tag"],
    operator: given.operator || run.actor,
    actor: run.actor,
    overrides: given.overrides,
    environment: given.environment,
    concludes: report["github-release"],
  };
}
