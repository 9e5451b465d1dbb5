import * as z from "zod";

/** The last day, in UTC, on which something is accepted. */
export const expiry = () => z.iso.date().describe("Last day, in UTC, on which this is accepted: `YYYY-MM-DD`.");

/** Why something is accepted although it is not right. */
export const reason = () => z.string().trim().min(10).describe("Why it is accepted, in at least ten characters.");

/** Tells whether a last day is over. The day itself still counts. */
export function isOver(day: string, now: Date): boolean {
  return now.getTime() >= Date.parse(`${day}T00:00:00Z`) + 86_400_000;
}
