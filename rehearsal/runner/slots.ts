/** Limits how much happens at once. */

/** A number of places; work waits in order for a free one. */
export interface Slots {
  /** Waits for a place and does the work in it. */
  use<Value>(work: () => Promise<Value>): Promise<Value>;
}

/** Opens a number of places. */
export function openSlots(count: number): Slots {
  const waiting: (() => void)[] = [];
  let free = count;
  return {
    async use(work) {
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      try {
        return await work();
      } finally {
        const next = waiting.shift();
        if (next) next();
        else free += 1;
      }
    },
  };
}
