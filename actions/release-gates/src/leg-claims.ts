import { approvalLeg } from "#src/domain/approval";
import { isLegArtifact } from "#src/domain/artifact-name";
import { filingLeg } from "./blockers/causes.ts";

/** What an artifact's name claims: to be the newest attempt of a gate's leg, replacing earlier ones. */
export interface LegClaim {
  artifact: string;
  gate: string;
  attempt: number;
  /** Attempts that it replaces, in ascending order. */
  replaced: number[];
}

/**
 * Picks the newest attempt of each leg among the artifacts of the run, by name; a name that stands there twice stays twice. What
 * claims an attempt that this run has not reached replaces nothing: it is the leg of no gate.
 */
export function newestClaims(artifacts: string[], reached: number): LegClaim[] {
  const claims = artifacts.flatMap(readClaim).sort((a, b) => a.attempt - b.attempt);
  const ahead = claims.filter(({ attempt }) => attempt > reached);
  const groups = Map.groupBy(
    claims.filter(({ attempt }) => attempt <= reached),
    ({ gate }) => gate,
  );
  const newest = [...groups.values()].flatMap((group) => {
    const last = Math.max(...group.map(({ attempt }) => attempt));
    const replaced = [...new Set(group.map(({ attempt }) => attempt))].filter((attempt) => attempt < last);
    return group.filter(({ attempt }) => attempt === last).map((claim) => ({ ...claim, replaced }));
  });
  return [...newest, ...ahead.map((claim) => ({ ...claim, gate: "", replaced: [] }))].sort((a, b) =>
    a.artifact < b.artifact ? -1 : 1,
  );
}

function readClaim(artifact: string): Omit<LegClaim, "replaced">[] {
  if (!isLegArtifact(artifact, "release-gates")) return [];
  const [, gate = "", attempt = ""] = /^seaworthy-release-gates-(.+)-(\d+)$/.exec(artifact) ?? [];
  // The filing run speaks of gates and is none; nor are people's answers, which an earlier attempt may have left.
  if (gate === filingLeg || gate === approvalLeg) return [];
  return [{ artifact, gate, attempt: Number(attempt) }];
}
