/** The lines of a history that were begun and not met yet. */
interface HistoryLines {
  /** Tells by which revert a commit goes: the one that took back all that led to it; undefined where another line holds it. */
  arrive(sha: string): string | undefined;
  /** Begins a line to a parent: one that goes by a revert, or one that holds what it leads to. */
  leave(parent: string, by: string | undefined): void;
}

/** Follows lines from children to parents. It keeps an entry for each parent that was named and not met yet, and no other. */
export function trackLines(): HistoryLines {
  const open = new Map<string, string | undefined>();
  return {
    arrive: (sha) => {
      const by = open.get(sha);
      open.delete(sha);
      return by;
    },
    leave: (parent, by) => {
      open.set(parent, open.has(parent) && open.get(parent) === undefined ? undefined : by);
    },
  };
}
