import type { Relation } from "#src/ports/branch-history";

/** One branch that the commit is to reach, and where it stands now; null where the remote has no such branch. */
export interface Hop {
  branch: string;
  from: string | null;
  to: string;
  /** How the commit stands to the branch. */
  relation: Relation | "unknown" | "absent";
}

/** Lists the branches ahead of a branch; one that is not in the chain enters it at the front. Empty on the last branch. */
export function wayFrom(source: string, chain: string[]): string[] {
  return chain.slice(chain.indexOf(source) + 1);
}

/** Tells whether the branch is to move: only forward, from an ancestor of the commit. */
export function isForward(hop: Hop): hop is Hop & { from: string; relation: Relation } {
  const { relation } = hop;
  return typeof relation === "object" && relation.base !== null && relation.ahead > 0 && relation.behind === 0;
}

/** Tells whether the branch holds the commit already, with or without more on top of it. */
export function isThere({ relation }: Hop): boolean {
  return typeof relation === "object" && relation.base !== null && relation.ahead === 0;
}

/** The commit on which a branch stands once the plan is carried out. */
export function plannedTip(hop: Hop): string | null {
  return isForward(hop) ? hop.to : hop.from;
}
