import { type Bump, compareBumps, largerBump, type Weight } from "#src/domain/bump-decision";

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

interface Revert {
  sha: string;
  weight: Weight;
}

/** Adds up what commits ask for, newest first. Memory grows with the reverts alone, never with the history. */
export interface BumpTally {
  /** Takes one commit, and gives back what it asks for; a revert's weight may still fall to `none`. */
  add(sha: string, weight: Weight, reverts: string[]): Weight;
  total(): BumpTotal;
}

/**
 * Starts a tally. A revert among the commits cancels what it reverts, and itself; a revert of what was released before
 * counts as the change that it is, and a revert that was itself reverted cancels nothing.
 */
export function startTally(): BumpTally {
  const waiting = new Map<string, Revert>();
  const total: BumpTotal = { required: "none", deciding: [], cancelled: 0 };
  const count = (sha: string, { bump }: Weight) => {
    if (bump === "none" || compareBumps(bump, total.required) < 0) return;
    if (bump !== total.required) total.deciding = [];
    total.required = largerBump(bump, total.required);
    if (total.deciding.length < namedLimit) total.deciding.push(sha);
  };
  return {
    add: (sha, asked, reverts) => {
      const revert = takeRevert(waiting, sha);
      if (revert) {
        total.cancelled += 1;
        const open = [...waiting.values()].includes(revert);
        if (!open) Object.assign(revert.weight, { bump: "none", why: `reverts ${sha.slice(0, 12)}` });
        return { bump: "none", why: `reverted by ${revert.sha.slice(0, 12)}` };
      }
      const weight = { ...asked };
      if (reverts.length === 0) count(sha, weight);
      // One object for all that a commit reverts, so that it is cancelled only with the last of them.
      const pending = { sha, weight };
      for (const id of reverts) waiting.set(id, pending);
      return weight;
    },
    total: () => {
      for (const { sha, weight } of new Set(waiting.values())) count(sha, weight);
      waiting.clear();
      return total;
    },
  };
}

/** Finds the revert that waits for a commit; messages may spell its id short. */
function takeRevert(waiting: Map<string, Revert>, sha: string): Revert | undefined {
  const id = waiting.has(sha)
    ? sha
    : [...waiting.keys()].find((short) => short.length < sha.length && sha.startsWith(short));
  const revert = id === undefined ? undefined : waiting.get(id);
  if (id !== undefined) waiting.delete(id);
  return revert;
}
