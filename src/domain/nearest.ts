/**
 * Finds the candidate that a misspelt text most likely stood for; undefined where none is near. `limit` is the most
 * letters that may differ: by default one in three, and one more.
 */
export function nearest(
  text: string,
  candidates: readonly string[],
  limit = Math.floor(text.length / 3) + 1,
): string | undefined {
  const ranked = candidates
    .map((candidate) => ({ candidate, distance: editDistance(text, candidate) }))
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance);
  return ranked[0]?.candidate;
}

/** The same where upper and lower case do not count; the candidate is given as it is spelt. */
export function nearestInAnyCase(text: string, candidates: readonly string[], limit?: number): string | undefined {
  const lower = candidates.map((one) => one.toLowerCase());
  const meant = nearest(text.toLowerCase(), lower, limit);
  return meant === undefined ? undefined : candidates[lower.indexOf(meant)];
}

/** Levenshtein's distance: the fewest insertions, deletions and replacements that turn one text into the other. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, left] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, right] of [...b].entries()) {
      const replaced = (row[j] ?? 0) + (left === right ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
