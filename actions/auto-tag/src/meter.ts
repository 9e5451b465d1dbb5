/** Counts the API requests of each part of a stage. */
export interface Meter {
  /** Does a piece of work and adds its requests to the named part, also where it fails. */
  count<Result>(part: string, work: () => Promise<Result>): Promise<Result>;
  /** The counts so far, in words. */
  told(): string;
}

/** Makes a meter over a running total. */
export function meterOf(requests: () => number): Meter {
  const spent = new Map<string, number>();
  return {
    count: async (part, work) => {
      const before = requests();
      try {
        return await work();
      } finally {
        spent.set(part, (spent.get(part) ?? 0) + requests() - before);
      }
    },
    told: () => [...spent].map(([part, number]) => `${part} ${number}`).join(", "),
  };
}
