/** Leaves out commits (newest first) that a later one reverts, together with what reverts them. A revert of an earlier release's commit stays. */
export function withoutReverted<Commit extends { sha: string; reverts: readonly string[] }>(
  commits: readonly Commit[],
): Commit[] {
  const gone = new Set<string>();
  for (const { sha, reverts } of commits) {
    if (gone.has(sha)) continue;
    const undone = reverts.flatMap((id) => commits.filter((one) => one.sha !== sha && one.sha.startsWith(id)));
    if (undone.length > 0) for (const one of [...undone, { sha }]) gone.add(one.sha);
  }
  return commits.filter(({ sha }) => !gone.has(sha));
}
