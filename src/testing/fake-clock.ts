import type { Clock } from "#src/ports/clock";

/** A clock that moves only when somebody sleeps, and remembers each sleep in milliseconds. */
export interface FakeClock extends Clock {
  sleeps: number[];
}

/**
 * Starts a clock at an instant. Sleeps that are begun side by side end in the order of their instants, once everybody who
 * works has come to sleep.
 */
export function fakeClock(start = new Date("2026-01-01T12:00:00Z")): FakeClock {
  let now = start.getTime();
  let waking = false;
  const sleeps: number[] = [];
  const sleepers: { at: number; resume(): void }[] = [];
  const wakeNext = () => {
    waking = false;
    const next = sleepers.sort((one, other) => one.at - other.at).shift();
    if (!next) return;
    now = Math.max(now, next.at);
    next.resume();
    wakeLater();
  };
  const wakeLater = () => {
    if (waking || sleepers.length === 0) return;
    waking = true;
    setImmediate(wakeNext);
  };
  return {
    sleeps,
    now: () => new Date(now),
    sleep(milliseconds) {
      sleeps.push(milliseconds);
      return new Promise((resume) => {
        sleepers.push({ at: now + milliseconds, resume });
        wakeLater();
      });
    },
  };
}
