import { setTimeout as pause } from "node:timers/promises";
import { presence } from "./presence.ts";

/** A stretch of virtual time that has just passed. */
export interface Advance {
  from: Date;
  to: Date;
}

/** Is awaited before the sleeper resumes; a rejection reaches the sleeper as its own. */
export type AdvanceListener = (advance: Advance) => void | Promise<void>;

/** The machine's virtual time: real time plus one offset that only ever grows. */
export interface Timeline {
  /** Milliseconds. */
  offset(): number;
  now(): number;
  /** Marks a process as awake: no sleep passes it by for `GRACE_MS`. */
  arrived(pid: number): void;
  sleep(pid: number, ms: number, signal?: AbortSignal): Promise<void>;
  onAdvance(listener: AdvanceListener): () => void;
  moveTo(offset: number): void;
}

interface Sleeper {
  pid: number;
  wakeAt: number;
  resume(): void;
  refuse(cause: unknown): void;
}

/** Real time in which sleeps that were begun together find each other. */
const SETTLE_MS = 2;
/** Real time for which a process that was just woken may work before other sleeps go on without it. */
const GRACE_MS = 1_000;

/**
 * Orders all sleeps of the machine by their wake-up time and jumps from one to the next.
 *
 * Approximated: a process that works for longer than `GRACE_MS` of real time between two sleeps does not hold the
 * others back, so it may find more time passed than it slept. Exact: time never goes back, nobody resumes before its
 * wake-up time, sleepers resume in the order of their wake-up times, and nobody waits for the length of a sleep.
 */
export function timeline(): Timeline {
  let offset = 0;
  let draining = false;
  const sleepers: Sleeper[] = [];
  const workers = presence(GRACE_MS);
  const listeners = new Set<AdvanceListener>();
  const now = () => Date.now() + offset;

  return { offset: () => offset, now, arrived: workers.arrived, sleep, onAdvance, moveTo };

  function sleep(pid: number, ms: number, signal?: AbortSignal): Promise<void> {
    workers.fellAsleep(pid);
    return new Promise((resume, refuse) => {
      const sleeper = { pid, wakeAt: now() + ms, resume, refuse };
      sleepers.push(sleeper);
      signal?.addEventListener("abort", () => leave(sleeper, signal.reason), { once: true });
      if (!draining) void drain();
    });
  }

  function leave(sleeper: Sleeper, reason: unknown) {
    const place = sleepers.indexOf(sleeper);
    if (place >= 0) sleepers.splice(place, 1);
    sleeper.refuse(reason);
  }

  async function drain() {
    draining = true;
    for (;;) {
      await pause(SETTLE_MS);
      while (sleepers.length > 0 && workers.someoneWorks()) await pause(SETTLE_MS);
      const next = sleepers.toSorted((a, b) => a.wakeAt - b.wakeAt)[0];
      if (!next) break;
      sleepers.splice(sleepers.indexOf(next), 1);
      await wake(next);
    }
    draining = false;
  }

  async function wake(sleeper: Sleeper) {
    const from = now();
    offset += Math.max(0, sleeper.wakeAt - from);
    const advance = { from: new Date(from), to: new Date(Math.max(from, sleeper.wakeAt)) };
    const told = await Promise.allSettled([...listeners].map(async (listener) => listener(advance)));
    const refused = told.find((each) => each.status === "rejected");
    workers.arrived(sleeper.pid);
    if (refused) sleeper.refuse(refused.reason);
    else sleeper.resume();
  }

  function onAdvance(listener: AdvanceListener) {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }

  function moveTo(wanted: number) {
    if (wanted < offset)
      throw new Error(`expected an offset of at least ${offset} ms, found ${wanted} ms: time never goes back.`);
    offset = wanted;
  }
}
