import { formatInstant } from "#src/domain/instant";
import type { Clock } from "#src/ports/clock";
import { type Finding, mayChange } from "./finding.ts";

/** A finding with every look that led to it. */
export interface Watched {
  finding: Finding;
  observations: Observation[];
}

/** One look: the instant in UTC, and what was seen. */
export type Observation = { at: string } & Record<string, string>;

const firstPause = 10_000;
const longestPause = 60_000;
const growth = 1.5;

/** A name that nobody has published before takes longer to be served. */
const factorOfNewNames = 2;

/**
 * Looks at a channel until the finding stands for good or the patience (milliseconds, doubled for a name that is new to the
 * channel) is used up; the last look falls on the deadline itself. No patience means one look. A channel that names an
 * instant is not asked before it; where that lies behind the deadline, the last answer counts.
 */
export async function waitForChannel(look: () => Promise<Finding>, patience: number, clock: Clock): Promise<Watched> {
  const start = clock.now().getTime();
  const observations: Observation[] = [];
  let deadline = start + patience;
  for (let pause = firstPause; ; pause = Math.min(pause * growth, longestPause)) {
    const finding = await look();
    const now = clock.now();
    observations.push({ at: formatInstant(now), ...finding.seen, ...wishOf(finding) });
    if (finding.firstOfItsName) deadline = start + factorOfNewNames * patience;
    const left = deadline - now.getTime();
    const rest = (finding.retryAt?.getTime() ?? 0) - now.getTime();
    if (left <= 0 || rest > left || !mayChange(finding)) return { finding, observations };
    await clock.sleep(Math.min(Math.max(pause, rest), left));
  }
}

function wishOf({ retryAt }: Finding): Record<string, string> {
  return retryAt ? { "retry-at": formatInstant(retryAt) } : {};
}
