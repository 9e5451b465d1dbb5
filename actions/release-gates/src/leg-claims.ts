import { approvalLeg } from "#src/domain/approval";
import { type LegArtifact, newestLegs } from "#src/domain/leg-artifacts";
import { filingLeg } from "./blockers/filing-leg.ts";

/** What an artifact's name claims: to be the newest attempt of a gate's leg, replacing earlier ones. */
export type LegClaim = Omit<LegArtifact, "leg"> & { gate: string };

/** Picks the newest attempt of each gate's leg among the artifacts of the run, by name. */
export function newestClaims(artifacts: string[], reached: number): LegClaim[] {
  const own = artifacts.filter(
    (artifact) => !others.some((leg) => artifact.startsWith(`seaworthy-release-gates-${leg}-`)),
  );
  return newestLegs(own, "release-gates", reached).map(({ leg, ...claim }) => ({ ...claim, gate: leg }));
}

/** The filing run speaks of gates and is none; nor are people's answers, which an earlier attempt may have left. */
const others = [filingLeg, approvalLeg];
