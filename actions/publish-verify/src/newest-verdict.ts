const verdictName = /^seaworthy-verdict-(\d+)$/;

/** Picks the verdict of a run's newest attempt among the names of its artifacts; undefined where the run has none. */
export function newestVerdict(artifacts: string[]): string | undefined {
  const attempts = artifacts.flatMap((name) => verdictName.exec(name)?.[1] ?? []).map(Number);
  return attempts.length === 0 ? undefined : `seaworthy-verdict-${Math.max(...attempts)}`;
}
