import * as z from "zod";
import { gateFields } from "#src/contract/config/gates/fields";

const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

const time = () => z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, "expected a time such as 09:30, up to 24:00");
const moment = () =>
  z
    .union([z.iso.date(), z.iso.datetime({ local: true, precision: -1 })])
    .describe("Time of the zone's own clocks: `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM`.");

const zone = z
  .string()
  .refine(isZone, "expected an IANA time zone such as Europe/Vienna, or UTC")
  .default("UTC")
  .describe("IANA time zone whose clocks the windows and blackouts mean.");

const window = z.strictObject({
  days: z.array(z.enum(days)).min(1).default(["mon", "tue", "wed", "thu", "fri"]).describe("Days on which it opens."),
  from: time().describe("When it opens; this minute is inside."),
  to: time().describe("When it closes; this minute is outside. At or before `from`, it closes on the next day."),
});

const blackout = z.strictObject({
  from: moment().describe("When it begins; this moment is inside."),
  to: moment().describe("When it ends; this moment is outside."),
  reason: z.string().min(1).describe("Why nothing is released then."),
});

/** A gate that knows when releases may be made. */
export const calendarGate = z
  .strictObject({
    ...gateFields,
    kind: z.literal("calendar").describe("Lets releases through inside of change windows and outside of blackouts."),
    zone,
    windows: z.array(window).default([]).describe("When releases may be made; at any time where there is no window."),
    blackouts: z
      .array(blackout.refine(({ from, to }) => from < to, "expected an end after the beginning"))
      .default([])
      .describe("When nothing is released, windows or not."),
  })
  .refine(
    ({ windows, blackouts }) => windows.length + blackouts.length > 0,
    "expected a window or a blackout: a calendar without both never says no",
  );

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
