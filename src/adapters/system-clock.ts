import { setTimeout as wait } from "node:timers/promises";
import type { Clock } from "#src/ports/clock";

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => new Date(),
  sleep: async (milliseconds) => {
    await wait(milliseconds);
  },
};
