/** Labels of commits, added up. */
export interface LabelTally {
  /** Takes one commit: its id, and what it mentions of the form `#12`. A bare merge has no labels of its own. */
  add(sha: string, message: string, isMerge: boolean): void;
  /** All labels; undefined where those of any commit were not handed in, as the missing ones might be any. */
  total(): string[] | undefined;
}

/** Starts a tally over labels by commit id or issue (`#12`). */
export function startLabelTally(labels: ReadonlyMap<string, string[]>): LabelTally {
  const seen = new Set<string>();
  let complete = labels.size > 0;
  return {
    add(sha, message, isMerge) {
      const issues = [...message.matchAll(/#\d+\b/g)].map(([issue]) => issue);
      const known = [sha, ...issues].filter((key) => labels.has(key));
      for (const label of known.flatMap((key) => labels.get(key) ?? [])) seen.add(label);
      if (!isMerge) complete &&= labels.has(sha) || (issues.length > 0 && issues.every((issue) => labels.has(issue)));
    },
    total: () => (complete ? [...seen].sort() : undefined),
  };
}
