import type { Change, CommitClass, Reversal } from "#src/domain/conventional-commit";
import { trackLines } from "#src/domain/history-lines";

/** A commit as reverts are told by it. */
export interface RevertingCommit {
  sha: string;
  parents: readonly string[];
  subject: string;
  class: CommitClass;
  carried: readonly Change[];
  reverts: readonly Reversal[];
}

/** A revert, and how many of the things that it takes back were not met yet. */
interface Revert {
  sha: string;
  open: number;
  alone: boolean;
}

type Waiting = Reversal & { revert: Revert };

/**
 * Starts to find out what later commits took back. Commits come children before parents; memory grows with open reverts and
 * open lines alone. `by` is the commit that took one back. `whole` are the reverts whose last part was met and that were
 * nothing but a revert, so that they are nothing now. With a merge goes all that no other line holds; a revert that was
 * taken back itself takes nothing back.
 */
export function trackReverts(): { meet(commit: RevertingCommit): { by: string | undefined; whole: string[] } } {
  const waiting = new Map<string, Waiting[]>();
  const lines = trackLines();
  return {
    meet: (commit) => {
      const found = takeWaiting(waiting, commit);
      const brought = lines.arrive(commit.sha);
      const by = found[0]?.revert.sha ?? brought;
      for (const parent of commit.parents) lines.leave(parent, brought ?? bringer(found, commit.parents, parent));
      if (by === undefined) waitFor(waiting, commit);
      const whole = found.filter(({ revert }) => revert.alone && revert.open === 0);
      return { by, whole: [...new Set(whole.map(({ revert }) => revert.sha))] };
    },
  };
}

/** Leaves out what a later commit takes back, together with what is nothing but its revert. A revert of an earlier release's commit stays. */
export function withoutReverted<Commit extends RevertingCommit>(commits: readonly Commit[]): Commit[] {
  const tracker = trackReverts();
  const gone = new Set<string>();
  for (const commit of commits) {
    const { by, whole } = tracker.meet(commit);
    for (const sha of by === undefined ? whole : [commit.sha, ...whole]) gone.add(sha);
  }
  return commits.filter(({ sha }) => !gone.has(sha));
}

/** A revert that lists other changes, or has a type of its own, is a change as well. */
function waitFor(waiting: Map<string, Waiting[]>, { sha, class: kind, carried, reverts }: RevertingCommit): void {
  const alone = [{ class: kind, breaking: false }, ...carried].every((one) => one.class === "revert" && !one.breaking);
  const revert = { sha, open: reverts.length, alone };
  for (const reversal of reverts) {
    const key = reversal.id.slice(0, keyLength(reversal.id));
    waiting.set(key, [...(waiting.get(key) ?? []), { ...reversal, revert }]);
  }
}

/** Messages may spell an id short; the number of a pull request is whole. */
const keyLength = (id: string) => (id.startsWith("#") ? id.length : 7);

/** Finds the reverts that wait for a commit, by its id or by the pull request that it came by. */
function takeWaiting(waiting: Map<string, Waiting[]>, { sha, subject, parents }: RevertingCommit): Waiting[] {
  if (waiting.size === 0) return [];
  const pull = pullOf(subject, parents.length);
  const found = [sha.slice(0, keyLength(sha)), ...(pull === undefined ? [] : [pull])].flatMap((key) => {
    const all = waiting.get(key) ?? [];
    const meant = all.filter(({ id }) => id === pull || sha.startsWith(id));
    const rest = all.filter((one) => !meant.includes(one));
    if (rest.length > 0) waiting.set(key, rest);
    else waiting.delete(key);
    return meant;
  });
  for (const { revert } of found) revert.open -= 1;
  return found;
}

function pullOf(subject: string, parents: number): string | undefined {
  const merged = parents > 1 ? /^Merge pull request (#\d+) /.exec(subject)?.[1] : undefined;
  return merged ?? /\((#\d+)\)\s*$/.exec(subject)?.[1];
}

/** Names the revert by which a parent of a merge goes with it: each but the one that stays. A pull request is merged into the first. */
function bringer(found: Waiting[], parents: readonly string[], parent: string): string | undefined {
  return found.find(({ id, mainline }) => {
    const stays = id.startsWith("#") ? parents[0] : mainline && parents.find((one) => one.startsWith(mainline));
    return stays !== undefined && stays !== "" && parent !== stays;
  })?.revert.sha;
}
