/** What can go wrong with the index. Each stays until `clear`. */
export interface PypiFaults {
  /** What is uploaded from now on stands in the list, or in the answer about its version, only so many virtual minutes later. */
  lag(minutes: { list?: number; version?: number }): void;
  /** Answers the next reads with 503; without a number, all of them. */
  unavailable(requests?: number): void;
  /** Answers every read with 429 until an instant, which it names. */
  limitedUntil(instant: Date): void;
  /** Serves a file with other content than was uploaded; announced with the digest of that content, or with the old one. */
  otherBytes(filename: string, announced?: boolean): void;
  /** Serves lists as they are now until an instant, whatever is uploaded or yanked meanwhile. */
  staleUntil(instant: Date): void;
  /** Takes the next upload, then cuts the connection: the client cannot know. */
  loseResponse(): void;
  clear(): void;
}

/** The faults as the index asks about them. */
export interface ActivePypiFaults {
  faults: PypiFaults;
  lagMs(): { list: number; version: number };
  /** Uses up one of the refusals. */
  refusesRead(): boolean;
  /** The instant until which reads are refused, where one is set. */
  limit(): Date | undefined;
  /** Whether a file is altered, and whether the index admits it. */
  alters(filename: string): { announced: boolean } | undefined;
  /** The instant that lists are taken from. */
  listsAsOf(now: Date): Date;
  /** Uses up the one loss. */
  losesResponse(): boolean;
}

interface Injected {
  lag: { list: number; version: number };
  refusals: number;
  limit: Date | undefined;
  altered: Map<string, { announced: boolean }>;
  stale: { since: Date; until: Date } | undefined;
  losing: boolean;
}

/** Starts without any fault. */
export function pypiFaults(now: () => Date): ActivePypiFaults {
  const active = none();
  const minutes = (count = 0) => count * 60_000;
  return {
    faults: {
      lag: ({ list, version }) =>
        void Object.assign(active, { lag: { list: minutes(list), version: minutes(version) } }),
      unavailable: (requests = Number.POSITIVE_INFINITY) => void Object.assign(active, { refusals: requests }),
      limitedUntil: (instant) => void Object.assign(active, { limit: instant }),
      otherBytes: (filename, announced = true) => void active.altered.set(filename, { announced }),
      staleUntil: (until) => void Object.assign(active, { stale: { since: now(), until } }),
      loseResponse: () => void Object.assign(active, { losing: true }),
      clear: () => void Object.assign(active, none()),
    },
    lagMs: () => active.lag,
    refusesRead() {
      if (active.refusals <= 0) return false;
      active.refusals -= 1;
      return true;
    },
    limit: () => active.limit,
    alters: (filename) => active.altered.get(filename),
    listsAsOf: (instant) => (active.stale && instant < active.stale.until ? active.stale.since : instant),
    losesResponse() {
      const { losing } = active;
      active.losing = false;
      return losing;
    },
  };
}

function none(): Injected {
  return {
    lag: { list: 0, version: 0 },
    refusals: 0,
    limit: undefined,
    altered: new Map(),
    stale: undefined,
    losing: false,
  };
}
