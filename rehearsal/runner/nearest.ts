/** Finds the name that was probably meant by one that does not exist. */

/** Gives the name that differs in the fewest letters, one in three and two at most; undefined where none is that near. */
export function nearest(wrong: string, names: string[]): string | undefined {
  const measured = names.map((name) => ({ name, distance: distance(wrong.toLowerCase(), name.toLowerCase()) }));
  const most = Math.min(2, Math.floor(wrong.length / 3));
  return measured.filter((one) => one.distance <= most).toSorted((a, b) => a.distance - b.distance)[0]?.name;
}

/** Levenshtein's: how many letters must be put in, left out or changed. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...from].entries()) {
    const next = [index + 1];
    for (const [at, other] of [...to].entries()) {
      const changed = (row[at] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(changed, (row[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
