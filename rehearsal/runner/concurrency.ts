/** Concurrency groups within this process: one running, the newest pending, the rest superseded. */

/** A run or job that wants to enter a group. */
export interface Claim {
  group: string;
  cancelInProgress: boolean;
  /** `max` keeps up to 100 claims waiting in order; `single` keeps the newest one. */
  queue: "single" | "max";
  /** Called when a later claim cancels this one while it runs. */
  cancel(): void;
}

/** What came of a claim. `leave` must be called once when the work is over. */
export type Admission = { admitted: true; leave(): void } | { admitted: false };

interface Waiting {
  claim: Claim;
  decide(admission: Admission): void;
}

interface Group {
  running: Claim | undefined;
  waiting: Waiting[];
}

const groups = new Map<string, Group>();
const longestQueue = 100;

/** Waits until a group is free. A claim that a newer one replaces, or whose signal aborts, is not admitted. */
export function enterGroup(claim: Claim, signal: AbortSignal, onWait: () => void): Promise<Admission> {
  const name = claim.group.toLowerCase();
  const group = groups.get(name) ?? { running: undefined, waiting: [] };
  groups.set(name, group);
  if (!group.running) return Promise.resolve(admit(name, group, claim));
  if (claim.cancelInProgress) group.running.cancel();
  if (claim.queue === "single" || group.waiting.length >= longestQueue) {
    for (const { decide } of group.waiting.splice(0)) decide({ admitted: false });
  }
  onWait();
  return new Promise((decide) => {
    const waiting = { claim, decide };
    group.waiting.push(waiting);
    const withdraw = () => {
      const at = group.waiting.indexOf(waiting);
      if (at >= 0) group.waiting.splice(at, 1);
      decide({ admitted: false });
    };
    if (signal.aborted) withdraw();
    else signal.addEventListener("abort", withdraw, { once: true });
  });
}

function admit(name: string, group: Group, claim: Claim): Admission {
  group.running = claim;
  return {
    admitted: true,
    leave() {
      const next = group.waiting.shift();
      if (next) next.decide(admit(name, group, next.claim));
      else {
        group.running = undefined;
        groups.delete(name);
      }
    },
  };
}
