import { daysOfInstant, daysOfNow, widen } from "#src/domain/changelog/days";
import type { ChangelogReview } from "#src/domain/changelog/validate";
import { question } from "#src/domain/question";
import type { Check } from "#src/domain/verdict";
import type { ChangelogSetting } from "./changelog-facts.ts";
import type { Policy } from "./facts.ts";

const title = "The section is dated with the day of the release";

/**
 * Judges the day in the heading: against the tag's day where the tag is there already, else against today. A later day
 * blocks; an earlier one is reported, and blocks under `date-rule: release-day`.
 */
export function judgeDate(
  changelog: Policy["changelog"],
  { date = "" }: ChangelogReview,
  setting: ChangelogSetting,
): Check {
  const zone = changelog["date-zone"];
  const { tagDate, now } = setting;
  const days = tagDate === undefined ? daysOfNow(now, zone) : daysOfInstant(tagDate, zone);
  const span = widen(days, Number.parseInt(changelog["date-tolerance"], 10));
  const whose = tagDate === undefined ? `today, ${now.toISOString().slice(0, 10)}` : `the tag's day, ${tagDate}`;
  const because = `expected ${whose}, found ${date}`;
  if (date >= span.first && date <= span.last) return question("changelog-date", title).pass(`${date} is ${whose}`);
  const required = date > span.last || changelog["date-rule"] === "release-day";
  return question("changelog-date", title, required).fail("plan.changelog-date-mismatch", because);
}
