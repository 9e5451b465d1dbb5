import type { Clock } from "#src/ports/clock";

/** A clock that moves only when somebody sleeps, and remembers each sleep in milliseconds. */
export interface FakeClock extends Clock {
  sleeps: number[];
}

/** Starts a clock at an instant. */
export function fakeClock(start = new Date("2026-01-01T12:00:00Z")): FakeClock {
  let now = start.getTime();
  const sleeps: number[] = [];
  return {
    sleeps,
    now: () => new Date(now),
    async sleep(milliseconds) {
      sleeps.push(milliseconds);
      now += milliseconds;
    },
  };
}
