import { hitsOf, type PathSurvey } from "#src/domain/changes/path-survey";
import type { RiskDocument } from "#src/domain/changes/risk-document";
import type { Policy } from "../facts.ts";
import type { TypedRelease } from "./release-type.ts";

/** Tiers and tests that a release requires. */
export type Requirements = Pick<RiskDocument, "tiers" | "must-run">;

/** Finds what the kind of release and the changed paths require; where it is not known what changed, every area counts. */
export function requiredTiers(
  { tiers }: Pick<Policy, "tiers">,
  release: TypedRelease,
  paths: PathSurvey,
): Requirements {
  const byType = tiers[release.type].map((tier) => ({
    tier,
    because: `a ${release.type} release: ${release.because}`,
  }));
  const areas = tiers.areas.flatMap((area) => {
    const because = touchOf(paths, area.id);
    return because === undefined ? [] : [{ ...area, because }];
  });
  const byArea = areas.flatMap((area) => area.tiers.map((tier) => ({ tier, because: area.because })));
  const tests = areas.flatMap((area) => area.tests.map((test) => ({ test, because: area.because })));
  return {
    tiers: joined([...byType, ...byArea], ({ tier }) => tier).map(([tier, because]) => ({ tier, because })),
    "must-run": joined(tests, ({ test }) => test).map(([test, because]) => ({ test, because })),
  };
}

function touchOf(paths: PathSurvey, area: string): string | undefined {
  const hits = hitsOf(paths, `area:${area}`);
  if (!hits) return `area ${area}: it is not known what changed`;
  const [first] = hits.examples;
  return first === undefined ? undefined : `area ${area}: ${first} changed`;
}

/** Names each thing once, with all reasons. */
function joined<Item extends { because: string }>(items: Item[], nameOf: (item: Item) => string): [string, string][] {
  return [...Map.groupBy(items, nameOf)].map(([name, group]) => [
    name,
    [...new Set(group.map(({ because }) => because))].join("; "),
  ]);
}
