import { hitsOf } from "#src/domain/changes/path-survey";
import { type RiskDocument, riskFormat } from "#src/domain/changes/risk-document";
import type { Aim } from "../aim.ts";
import type { Facts, Policy } from "../facts.ts";
import { applyingGates } from "./applying-gates.ts";
import { assessRisk } from "./assess-risk.ts";
import { recommendStrategy } from "./recommend-strategy.ts";
import { releaseTypeOf } from "./release-type.ts";
import { requiredTiers } from "./required-tiers.ts";

const ticketLimit = 1_000;

/** Decides from the changes what later stages go by: the risk with its reasons, how to deploy, what to test, which gates apply. */
export function composeRisk(policy: Policy, facts: Facts, aim: Aim): RiskDocument {
  const release = releaseTypeOf(aim);
  const risk = assessRisk(policy, facts, { aim, release });
  return {
    schema: riskFormat,
    "release-type": release.type,
    "release-type-because": release.because,
    latest: { ...aim.latest, line: aim.line?.versions ?? null },
    changes: changesOf(facts),
    risk,
    deployment: recommendStrategy(policy, risk, aim),
    ...requiredTiers(policy, release, facts.scene.paths),
    gates: applyingGates(policy, facts, { release, risk }),
  };
}

function changesOf({ commits, scene: { paths } }: Facts): RiskDocument["changes"] {
  const none = { breaking: 0, security: 0, features: 0, fixes: 0, other: 0 };
  return {
    files: paths.known ? paths.files : null,
    commits: commits?.total ?? null,
    kinds: commits?.changes.kinds ?? none,
    components: (commits?.changes.components ?? []).map(({ id, kinds }) => ({
      id,
      files: hitsOf(paths, `component:${id}`)?.files ?? null,
      kinds,
    })),
    tickets: [...(commits?.changes.tickets.keys() ?? [])].slice(0, ticketLimit),
    lines: commits?.changes.lines ?? [],
    "left-out": commits?.changes.leftOut ?? 0,
  };
}
