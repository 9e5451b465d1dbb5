import type { Worktrees } from "#src/ports/worktrees";

/** Worktrees in memory: `/trees/<commit>` each. `results` are handed out by side and run; it remembers what was closed. */
export function fakeWorktrees(
  tags: Record<string, string> = {},
  results: (commit: string, run: number) => string | undefined = () => undefined,
): Worktrees & { closed: string[] } {
  const closed: string[] = [];
  return {
    closed,
    host: () => "a machine",
    commitOf: async (tag) => tags[tag],
    async open(commit) {
      let run = 0;
      return {
        directory: `/trees/${commit}`,
        results: `/results/${commit}`,
        async takeResults() {
          const text = results(commit, run);
          run += 1;
          return text === undefined ? undefined : new TextEncoder().encode(text);
        },
        async close() {
          closed.push(commit);
        },
      };
    },
  };
}
