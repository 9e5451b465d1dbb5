import { type DayZone, daysOfInstant, daysOfNow, widen } from "#src/domain/changelog/days";
import { question } from "#src/domain/question";
import type { Check } from "#src/domain/verdict";

/** Which days a section may be dated with. */
export interface DayRule {
  "date-zone": DayZone;
  "date-tolerance": string;
  "date-rule": "not-in-future" | "release-day";
}

/** What the day of the release is read from: the instant of the tag, in its own offset, or now where there is none yet. */
export type ReleaseInstant = { tagged: string } | { now: Date };

/**
 * Judges the day in a section's heading against the day of the release. A later day blocks; an earlier one is reported, and
 * blocks under `date-rule: release-day`.
 */
export function judgeReleaseDay(rule: DayRule, date: string, at: ReleaseInstant): Check {
  const zone = rule["date-zone"];
  const days = "tagged" in at ? daysOfInstant(at.tagged, zone) : daysOfNow(at.now, zone);
  const span = widen(days, Number.parseInt(rule["date-tolerance"], 10));
  const whose = "tagged" in at ? `the tag's day, ${at.tagged}` : `today, ${at.now.toISOString().slice(0, 10)}`;
  const ask = (required: boolean) =>
    question("changelog-date", "The section is dated with the day of the release", required);
  if (date >= span.first && date <= span.last) return ask(true).pass(`${date} is ${whose}`);
  const required = date > span.last || rule["date-rule"] === "release-day";
  return ask(required).fail("plan.changelog-date-mismatch", `expected ${whose}, found ${date}`);
}
