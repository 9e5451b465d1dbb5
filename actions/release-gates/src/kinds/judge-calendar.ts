import type { GateOf } from "#src/contract/config/gates";
import type { Finding } from "../leg-report.ts";

type Policy = Pick<GateOf<"calendar">, "zone" | "windows" | "blackouts">;
type Window = Policy["windows"][number];

/** What the clocks of a zone show: the day of the week, and the time as `YYYY-MM-DDTHH:MM`. */
interface Wall {
  day: string;
  moment: string;
}

const week = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/**
 * Judges an instant by the clocks of the zone: blackouts before windows; a beginning is inside, an end is outside. An hour
 * that the clocks show twice is inside both times, and one that they leave out never comes.
 */
export function judgeCalendar({ zone, windows, blackouts }: Policy, now: Date): Finding {
  const wall = wallOf(now, zone);
  const told = `${wall.day} ${wall.moment} in ${zone}`;
  const blackout = blackouts.find(({ from, to }) => whole(from) <= wall.moment && wall.moment < whole(to));
  if (blackout) {
    const because = `expected no blackout at ${told}, found ${blackout.reason} until ${blackout.to}`;
    return { result: "fail", code: "gates.blackout", because, evidence: [told] };
  }
  if (windows.length === 0 || windows.some((window) => isOpen(window, wall))) {
    return { result: "pass", because: `${told} is no blackout and inside of the windows`, evidence: [told] };
  }
  const listed = windows.map(({ days, from, to }) => `${days.join(",")} ${from}–${to}`).join("; ");
  const because = `expected a time inside of ${listed}, found ${told}`;
  return { result: "fail", code: "gates.outside-window", because, evidence: [told] };
}

function isOpen({ days, from, to }: Window, { day, moment }: Wall): boolean {
  const time = moment.slice(11);
  const opens = (name: string) => days.some((known) => known === name);
  if (from < to) return opens(day) && from <= time && time < to;
  const yesterday = week.at(week.indexOf(day) - 1) ?? "";
  return (opens(day) && from <= time) || (opens(yesterday) && time < to);
}

function wallOf(now: Date, zone: string): Wall {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    calendar: "gregory",
    numberingSystem: "latn",
    hourCycle: "h23",
    weekday: "short",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  });
  const parts = new Map(format.formatToParts(now).map(({ type, value }) => [type, value]));
  const at = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? "";
  return {
    day: at("weekday").toLowerCase(),
    moment: `${at("year")}-${at("month")}-${at("day")}T${at("hour")}:${at("minute")}`,
  };
}

function whole(moment: string): string {
  return moment.includes("T") ? moment : `${moment}T00:00`;
}
