const dayLength = 86_400_000;
const minute = 60_000;

/** Widest offsets from UTC on earth, in minutes. */
const offsets = { west: -12 * 60, east: 14 * 60 };

/** Whether a day is right in UTC alone, or also in the offset that the release was made in. */
export type DayZone = "utc" | "utc-or-own";

/** Days that a release may be dated with, both ends included, as YYYY-MM-DD. */
export interface DaySpan {
  first: string;
  last: string;
}

/** A day that the calendar does not have, such as February 30, comes back as another one, or not at all. */
export function isDay(date: string): boolean {
  const parsed = new Date(`${date}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(date) && !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date);
}

/** Names the days that it is now: in UTC, or anywhere on earth. */
export function daysOfNow(now: Date, zone: DayZone): DaySpan {
  if (zone === "utc") return { first: dayAt(now, 0), last: dayAt(now, 0) };
  return { first: dayAt(now, offsets.west), last: dayAt(now, offsets.east) };
}

/** Names the days of an instant with its offset, such as `2026-03-01T16:39:28-08:00`: in UTC, or in that offset as well. */
export function daysOfInstant(instant: string, zone: DayZone): DaySpan {
  const utc = dayAt(new Date(instant), 0);
  const own = zone === "utc" ? utc : instant.slice(0, 10);
  return own < utc ? { first: own, last: utc } : { first: utc, last: own };
}

/** Widens a span by a number of days on both sides. */
export function widen({ first, last }: DaySpan, days: number): DaySpan {
  return { first: shift(first, -days), last: shift(last, days) };
}

function shift(day: string, days: number): string {
  return new Date(new Date(`${day}T00:00:00Z`).getTime() + days * dayLength).toISOString().slice(0, 10);
}

function dayAt(instant: Date, offset: number): string {
  return new Date(instant.getTime() + offset * minute).toISOString().slice(0, 10);
}
