import { type Bump, compareBumps, largerBump, type Weight } from "#src/domain/bump-decision";
import { type RevertingCommit, trackReverts } from "#src/domain/reverted";

/** How many commits that ask for the largest step are named. */
const namedLimit = 20;

/** What all commits together ask for. */
export interface BumpTotal {
  required: Bump;
  /** Ids of the first commits met that ask for it. */
  deciding: string[];
  /** How many commits were cancelled by a revert among them. */
  cancelled: number;
}

/** Adds up what commits ask for, children before parents. Memory grows with the open reverts and lines alone, never with the history. */
export interface BumpTally {
  /** Takes one commit, and gives back what it asks for; a revert's weight may still fall to `none`. */
  add(commit: RevertingCommit, weight: Weight): Weight;
  total(): BumpTotal;
}

/**
 * Starts a tally. A revert among the commits cancels what it takes back, and itself where it is nothing else; a revert of what
 * was released before counts as the change that it is, and a revert that was itself reverted cancels nothing.
 */
export function startTally(): BumpTally {
  const tracker = trackReverts();
  const reverts = new Map<string, Weight>();
  const total: BumpTotal = { required: "none", deciding: [], cancelled: 0 };
  const count = (sha: string, { bump }: Weight) => {
    if (bump === "none" || compareBumps(bump, total.required) < 0) return;
    if (bump !== total.required) total.deciding = [];
    total.required = largerBump(bump, total.required);
    if (total.deciding.length < namedLimit) total.deciding.push(sha);
  };
  return {
    add: (commit, asked) => {
      const { by, whole } = tracker.meet(commit);
      for (const sha of whole) {
        Object.assign(reverts.get(sha) ?? {}, { bump: "none", why: `reverts ${commit.sha.slice(0, 12)}` });
        reverts.delete(sha);
      }
      if (by !== undefined) {
        total.cancelled += 1;
        return { bump: "none", why: `reverted by ${by.slice(0, 12)}` };
      }
      const weight = { ...asked };
      // What a revert weighs is known once all that it takes back was met, or all commits were.
      if (commit.reverts.length > 0) reverts.set(commit.sha, weight);
      else count(commit.sha, weight);
      return weight;
    },
    total: () => {
      for (const [sha, weight] of reverts) count(sha, weight);
      reverts.clear();
      return total;
    },
  };
}
