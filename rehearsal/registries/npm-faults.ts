/** What can go wrong on the reading side of the registry. Each stays until `clear`. */
export interface NpmFaults {
  /** Versions published from now on stay hidden from readers for so many virtual minutes. */
  lag(minutes: number): void;
  /** Answers the next reads with 503; without a number, all of them. */
  unavailable(requests?: number): void;
  /** Serves `name@version` with other content, and with the integrity of that content. */
  otherBytes(spec: string): void;
  clear(): void;
}

/** The faults as the proxy asks about them. */
export interface ActiveFaults {
  faults: NpmFaults;
  lagMs(): number;
  /** Uses up one of the refusals. */
  refusesRead(): boolean;
  alters(name: string, version: string): boolean;
}

/** Starts without any fault. */
export function npmFaults(): ActiveFaults {
  let lagMs = 0;
  let refusals = 0;
  const altered = new Set<string>();
  return {
    faults: {
      lag(minutes) {
        lagMs = minutes * 60_000;
      },
      unavailable(requests = Number.POSITIVE_INFINITY) {
        refusals = requests;
      },
      otherBytes(spec) {
        if (!/^(?:@[^/@]+\/)?[^/@]+@[^@]+$/.test(spec)) throw new Error(`expected name@version, found "${spec}".`);
        altered.add(spec);
      },
      clear() {
        lagMs = 0;
        refusals = 0;
        altered.clear();
      },
    },
    lagMs: () => lagMs,
    refusesRead() {
      if (refusals <= 0) return false;
      refusals -= 1;
      return true;
    },
    alters: (name, version) => altered.has(`${name}@${version}`),
  };
}
