import { type DayRule, judgeReleaseDay } from "#src/domain/changelog/release-day";
import { question } from "#src/domain/question";
import type { Check } from "#src/domain/verdict";
import type { TagObject } from "#src/ports/tags";

/** The day that the changelog dates the version with, and the rule that holds it against the tag's. */
export interface Dated {
  rule: DayRule;
  date: string;
}

/** Judges the changelog's day against now, just before a tag is made; nothing where no section is dated. */
export function judgeDayBefore(dated: Dated | undefined, now: Date): Check[] {
  return dated ? [judgeReleaseDay(dated.rule, dated.date, { now })] : [];
}

/** Judges the changelog's day against the object of a tag. A lightweight tag has no date of its own. */
export function judgeDayOf(dated: Dated | undefined, read: Pick<TagObject, "date"> | undefined): Check[] {
  if (!dated) return [];
  if (read) return [judgeReleaseDay(dated.rule, dated.date, { tagged: read.date })];
  const ask = question("changelog-date", "The section is dated with the day of the release");
  return [ask.notApplicable("plan.not-applicable", "a lightweight tag has no date of its own")];
}
