/** What a version is asked for: its list (and the pointers that follow from it), or its own files. */
export type Endpoint = "list" | "version";

/** What can go wrong at a registry. Each stays until `clear`. */
export interface RegistryFaults {
  /** Versions published from now on stay hidden for so many virtual minutes, on one endpoint or on both. */
  lag(minutes: number, endpoint?: Endpoint): void;
  /** Answers the next reads with 503; without a number, all of them. */
  unavailable(requests?: number): void;
  /** Answers every read with 429 and that very instant as `retry-after`, until it has come. */
  limited(until: Date): void;
  /** Serves `name@version` with other content, under the digest of that content; or under its own, which is then wrong. */
  otherBytes(spec: string, announced?: "announced" | "unannounced"): void;
  /** Accepts the next upload, and ends the connection without an answer. */
  loseResponse(): void;
  /** Answers for lists and pointers as they were at that instant, as a cache does that nobody renews. */
  stale(since: Date): void;
  clear(): void;
}

/** Why a read is refused; `until` is when it would be answered again, where that is told. */
export type Refusal = { code: 503; fault: "unavailable" } | { code: 429; fault: "limited"; until: Date };

/** The faults as a registry asks about them. */
export interface ActiveRegistryFaults {
  faults: RegistryFaults;
  /** The instant from which an endpoint shows a version that is published now. */
  shownFrom(now: Date, endpoint: Endpoint): Date;
  /** Uses up one of the refusals. */
  refusalOf(now: Date): Refusal | undefined;
  /** Whether other bytes are served, and whether the registry's own digest says so. */
  alters(name: string, version: string): "announced" | "unannounced" | undefined;
  /** Uses up the loss. */
  losesResponse(): boolean;
  /** The instant of which lists are answered. */
  listTime(now: Date): Date;
}

/** Starts without any fault. */
export function registryFaults(): ActiveRegistryFaults {
  const altered = new Map<string, "announced" | "unannounced">();
  const none = { lag: { list: 0, version: 0 }, refusals: 0, losses: 0 };
  let active: typeof none & { until?: Date; since?: Date } = none;
  const faults: RegistryFaults = {
    lag(minutes, endpoint) {
      const lag = minutes * 60_000;
      active = { ...active, lag: endpoint ? { ...active.lag, [endpoint]: lag } : { list: lag, version: lag } };
    },
    unavailable(requests = Number.POSITIVE_INFINITY) {
      active = { ...active, refusals: requests };
    },
    limited(until) {
      active = { ...active, until };
    },
    otherBytes(spec, announced = "announced") {
      if (!/^[^@]+@[^@]+$/.test(spec)) throw new Error(`expected name@version, found "${spec}".`);
      altered.set(spec, announced);
    },
    loseResponse() {
      active = { ...active, losses: active.losses + 1 };
    },
    stale(since) {
      active = { ...active, since };
    },
    clear() {
      active = none;
      altered.clear();
    },
  };
  return {
    faults,
    shownFrom: (now, endpoint) => new Date(now.getTime() + active.lag[endpoint]),
    refusalOf(now) {
      if (active.until && now < active.until) return { code: 429, fault: "limited", until: active.until };
      if (active.refusals <= 0) return undefined;
      active = { ...active, refusals: active.refusals - 1 };
      return { code: 503, fault: "unavailable" };
    },
    alters: (name, version) => altered.get(`${name}@${version}`),
    losesResponse() {
      if (active.losses === 0) return false;
      active = { ...active, losses: active.losses - 1 };
      return true;
    },
    listTime: (now) => (active.since && active.since < now ? active.since : now),
  };
}
