/** Knows which processes are working between two of their sleeps. */
export interface Presence {
  arrived(pid: number): void;
  fellAsleep(pid: number): void;
  /** True while a living process that was woken or started less than `graceMs` ago has not slept since. */
  someoneWorks(): boolean;
}

/** Keeps the list in real time; a process that ended no longer counts. */
export function presence(graceMs: number): Presence {
  const awakeSince = new Map<number, number>();
  return {
    arrived: (pid) => void awakeSince.set(pid, performance.now()),
    fellAsleep: (pid) => void awakeSince.delete(pid),
    someoneWorks() {
      for (const [pid, since] of awakeSince) {
        if (performance.now() - since > graceMs || !isAlive(pid)) awakeSince.delete(pid);
      }
      return awakeSince.size > 0;
    },
  };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
