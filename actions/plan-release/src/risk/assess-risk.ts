import { amount } from "#src/domain/amount";
import { type RiskLevel, riskLevels } from "#src/domain/changes/kinds";
import { hitsOf } from "#src/domain/changes/path-survey";
import type { RiskDocument } from "#src/domain/changes/risk-document";
import type { Aim } from "../aim.ts";
import type { Facts, Policy } from "../facts.ts";
import type { TypedRelease } from "./release-type.ts";

type Risk = RiskDocument["risk"];
type Rule = keyof Policy["risk"]["levels"];
type Found = { because: string; evidence?: string[] } | undefined;

const dayLength = 86_400_000;

/** Assesses the risk by simple rules, each with a level of its own; the highest one counts. What is not known is high. */
export function assessRisk(policy: Policy, facts: Facts, seen: { aim: Aim; release: TypedRelease }): Risk {
  const { levels } = policy.risk;
  const found: [Rule, Found][] = [
    ["breaking", changesOf(facts, "breaking", "breaking change")],
    [
      "major",
      seen.release.type === "major" && seen.aim.base.kind === "base" ? { because: seen.release.because } : undefined,
    ],
    ["migrations", touched(facts, "risk:migrations", "of `risk.migrations`")],
    ["critical", touched(facts, "risk:critical", "of `risk.critical`")],
    ["security", changesOf(facts, "security", "security fix", "security fixes")],
    ["first-release", seen.aim.base.kind === "first" ? { because: "no release went before" } : undefined],
    ["large", large(policy, facts)],
    ["stale", stale(policy, facts)],
  ];
  const reasons = [
    ...unknown(policy, facts, seen.aim),
    ...found.flatMap(([rule, one]) => (one ? [{ rule, level: levels[rule], evidence: [], ...one }] : [])),
  ];
  const level = riskLevels.findLast((one) => reasons.some((reason) => reason.level === one)) ?? "low";
  return { level, reasons };
}

/** What cannot be looked at counts as what it might be: any change at all, or a release before that is long ago. */
function unknown({ risk }: Policy, { scene: { paths, baseDate }, commits }: Facts, { base }: Aim): Risk["reasons"] {
  const reason = (level: RiskLevel, because: string) => ({ rule: "unknown", level, because, evidence: [] });
  return [
    ...(paths.known ? [] : [reason("high", `what changed is not known: ${paths.because}`)]),
    ...(paths.known && !commits ? [reason("high", "the commits since the release before are not known")] : []),
    ...(base.kind === "base" && baseDate === undefined
      ? [reason(risk.levels.stale, "when the release before was tagged is not known")]
      : []),
  ];
}

function changesOf({ commits }: Facts, kind: "breaking" | "security", one: string, many = `${one}s`): Found {
  const count = commits?.changes.kinds[kind] ?? 0;
  if (count === 0) return undefined;
  const lines = commits?.changes.lines.filter((line) => line.kind === kind) ?? [];
  return { because: `${count} ${count === 1 ? one : many}`, evidence: lines.slice(0, 5).map(({ sha }) => sha) };
}

function touched({ scene }: Facts, area: string, what: string): Found {
  const hits = hitsOf(scene.paths, area);
  if (!hits || hits.files === 0) return undefined;
  return { because: `${amount(hits.files, "changed file")} ${what}`, evidence: hits.examples };
}

function large({ risk }: Policy, { commits, scene: { paths } }: Facts): Found {
  const found = [
    ...(commits && commits.total >= risk["large-commits"] ? [`${commits.total} commits`] : []),
    ...(paths.known && paths.files >= risk["large-files"] ? [`${paths.files} changed files`] : []),
  ];
  return found.length > 0 ? { because: found.join(" and ") } : undefined;
}

function stale({ risk }: Policy, { scene: { baseDate }, setting: { now } }: Facts): Found {
  if (baseDate === undefined) return undefined;
  const days = Math.floor((now.getTime() - Date.parse(baseDate)) / dayLength);
  return days >= Number.parseInt(risk.stale, 10) ? { because: `${days} days since the release before` } : undefined;
}
