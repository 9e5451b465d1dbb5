/** `timeout-minutes` of jobs and steps. */

import type { JobState } from "./job-state.ts";
import type { Json } from "./json.ts";

/** Starts a time limit. Throws an `Error` unless it is a positive whole number of minutes. */
export function startTimer(minutes: Json, { plan }: JobState, expire: () => void): NodeJS.Timeout | undefined {
  if (minutes === null || minutes === "") return undefined;
  const number = Number(minutes);
  if (!Number.isInteger(number) || number <= 0) {
    throw new Error(`timeout-minutes must be a positive whole number, found '${minutes}'`);
  }
  return setTimeout(expire, number * plan.run.delays.minute);
}
