import type { CheckRun } from "#src/domain/required-checks";
import type { CheckRuns } from "#src/ports/check-runs";
import { aSha } from "#src/testing/builders";

/** Builds a successful check run on the candidate. */
export function aCheckRun(overrides: Partial<CheckRun> = {}): CheckRun {
  const { phase = "completed" } = overrides;
  return {
    id: 1,
    name: "test",
    sha: aSha(),
    phase,
    conclusion: phase === "completed" ? "success" : null,
    completed: phase === "completed" ? new Date("2026-01-01T11:55:00Z") : null,
    url: "https://github.example/octo/tide/runs/1",
    ...overrides,
  };
}

/** Answers each question with the next look at the commit; the last one repeats. It counts the questions. */
export function fakeCheckRuns(...looks: CheckRun[][]): CheckRuns & { asked: number } {
  return {
    asked: 0,
    async forCommit() {
      const look = looks[Math.min(this.asked, looks.length - 1)];
      this.asked += 1;
      return look ?? [];
    },
  };
}
