/** How many tests one closing line, or one run, speaks of. */
export interface Counts {
  executed: number;
  skipped: number;
}

/** Reads each line that fits a pattern by itself; its first group holds the counts. */
export function each(pattern: RegExp, read: (closing: string) => Counts): (lines: string[]) => Counts[] {
  return (lines) =>
    lines.flatMap((line) => {
      const match = pattern.exec(line);
      return match ? [read(match[1] ?? "")] : [];
    });
}

/** Adds up what stands before the given words, as in `3 passed, 1 skipped`. */
export function words(closing: string, wanted: string[]): number {
  const amounts = [...closing.matchAll(/(\d+) ([a-z]+)/g)];
  return amounts
    .filter(([, , word = ""]) => wanted.includes(word))
    .reduce((sum, [, amount]) => sum + Number(amount), 0);
}
