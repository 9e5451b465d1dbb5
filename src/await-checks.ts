import { milliseconds } from "#src/contract/config/fields";
import { type CheckFinding, isWorthWaiting, judgeChecks } from "#src/domain/required-checks";
import type { CheckRuns } from "#src/ports/check-runs";
import type { Clock } from "#src/ports/clock";

const pollEvery = 15_000;

/** Check runs that must have succeeded, by name, and how long to wait for those that have not ended. */
export interface RequiredChecks {
  checks: string[];
  wait?: string | undefined;
}

/** Judges the required checks of a commit; looks every 15 seconds, and what is decided at the very end still counts. */
export async function awaitChecks(
  { checks, wait }: RequiredChecks,
  sha: string,
  { checkRuns, clock }: { checkRuns: CheckRuns; clock: Clock },
): Promise<CheckFinding[]> {
  const until = clock.now().getTime() + (wait === undefined ? 0 : milliseconds(wait));
  for (;;) {
    const findings = judgeChecks(checks, await checkRuns.forCommit(sha, checks), sha);
    const left = until - clock.now().getTime();
    if (left <= 0 || !isWorthWaiting(findings)) return findings;
    await clock.sleep(Math.min(pollEvery, left));
  }
}
