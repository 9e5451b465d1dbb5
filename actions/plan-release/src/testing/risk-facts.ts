import type { KindCounts } from "#src/domain/changes/change-tally";
import type { PathSurvey } from "#src/domain/changes/path-survey";
import type { RiskDocument } from "#src/domain/changes/risk-document";
import { baseDate, commitsAsking, decided, type Given } from "./plan-facts.ts";

/** Decides on a release that is changed as given, and gives what its changes led to. */
export function composed(given: Given): RiskDocument {
  const { risk } = decided(given);
  if (!risk) throw new Error("expected a release");
  return risk;
}

/** Builds a survey in which only the given areas were hit, of all that were asked about. */
export function survey(areas: Record<string, string[]>, files = 1): PathSurvey {
  const hits = Object.entries(areas).map(([name, examples]) => [name, { files: examples.length, examples }] as const);
  return { known: true, files, areas: new Map(hits) };
}

/** Gives a release in which only the given areas were hit. */
survey.given = (areas: Record<string, string[]>, files = 1): Given => ({
  facts: { scene: { paths: survey(areas, files), baseDate, missing: [], idle: [] } },
});

/** Gives a release with so many changes of a kind, each of which has a line. */
export function counted(kinds: Partial<KindCounts>): Given {
  const commits = commitsAsking("minor");
  const all = { ...commits.changes.kinds, features: 0, ...kinds };
  return { facts: { commits: { ...commits, changes: { ...commits.changes, kinds: all } } } };
}
