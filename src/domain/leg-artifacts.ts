import { isLegArtifact } from "#src/domain/artifact-name";
import type { StageName } from "#src/domain/stage";

/** What an artifact's name claims: to be the newest attempt of a leg of a stage, replacing earlier ones. */
export interface LegArtifact {
  artifact: string;
  leg: string;
  attempt: number;
  /** Attempts that it replaces, in ascending order. */
  replaced: number[];
}

/**
 * Picks the newest attempt of each leg among the artifacts of the run, by name; a name that stands there twice stays twice. What
 * claims an attempt that this run has not reached replaces nothing: it is the leg of nobody.
 */
export function newestLegs(artifacts: string[], stage: StageName, reached: number): LegArtifact[] {
  const claims = artifacts.flatMap((one) => readClaim(one, stage)).sort((a, b) => a.attempt - b.attempt);
  const ahead = claims.filter(({ attempt }) => attempt > reached);
  const groups = Map.groupBy(
    claims.filter(({ attempt }) => attempt <= reached),
    ({ leg }) => leg,
  );
  const newest = [...groups.values()].flatMap((group) => {
    const last = Math.max(...group.map(({ attempt }) => attempt));
    const replaced = [...new Set(group.map(({ attempt }) => attempt))].filter((attempt) => attempt < last);
    return group.filter(({ attempt }) => attempt === last).map((claim) => ({ ...claim, replaced }));
  });
  return [...newest, ...ahead.map((claim) => ({ ...claim, leg: "", replaced: [] }))].sort((a, b) =>
    a.artifact < b.artifact ? -1 : 1,
  );
}

function readClaim(artifact: string, stage: StageName): Omit<LegArtifact, "replaced">[] {
  if (!isLegArtifact(artifact, stage)) return [];
  const [, leg = "", attempt = ""] = /^(.+)-(\d+)$/.exec(artifact.slice(`seaworthy-${stage}-`.length)) ?? [];
  return [{ artifact, leg, attempt: Number(attempt) }];
}
