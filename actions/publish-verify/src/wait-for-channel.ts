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

/**
 * Looks at a channel until the finding stands for good or the patience (milliseconds) is used up; the last look falls on
 * the deadline itself. No patience means one look.
 */
export async function waitForChannel(look: () => Promise<Finding>, patience: number, clock: Clock): Promise<Watched> {
  const deadline = clock.now().getTime() + patience;
  const observations: Observation[] = [];
  for (let pause = firstPause; ; pause = Math.min(pause * growth, longestPause)) {
    const finding = await look();
    const now = clock.now();
    observations.push({ at: formatInstant(now), ...finding.seen });
    const left = deadline - now.getTime();
    if (left <= 0 || !mayChange(finding)) return { finding, observations };
    await clock.sleep(Math.min(pause, left));
  }
}
