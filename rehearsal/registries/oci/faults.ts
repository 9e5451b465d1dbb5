/** What can go wrong with the registry. Each stays until `clear`; `image` is `name:tag` or `name@digest`. */
export interface OciFaults {
  /** What is pushed from now on can be read, or stands in the list of tags, only so many virtual minutes later. */
  lag(minutes: { read?: number; list?: number }): void;
  /** Answers the next reads with 503; without a number, all of them. */
  unavailable(requests?: number): void;
  /** Answers every read with 429 until an instant, which it names. */
  limitedUntil(instant: Date): void;
  /** Serves a tag with another manifest than was pushed; by digest, with bytes that do not have it. */
  otherBytes(image: string): void;
  /** Lets a tag name another image; `to` is a tag or a digest of the same repository. */
  movedTag(image: string, to: string): void;
  /** Serves an image or a manifest no longer, as if it was deleted. */
  withdrawn(image: string): void;
  /** Takes the next manifest, then cuts the connection: the client cannot know. */
  loseResponse(): void;
  /** Lets the publisher's login pull and nothing more, as one that lost its right. */
  pullOnly(): void;
  clear(): void;
}

/** The faults as the registry asks about them. */
export interface ActiveOciFaults {
  faults: OciFaults;
  lagMs(): { read: number; list: number };
  /** Uses up one of the refusals. */
  refusesRead(): boolean;
  limit(): Date | undefined;
  alters(image: string): boolean;
  movedTo(image: string): string | undefined;
  hides(image: string): boolean;
  /** Uses up the one loss. */
  losesResponse(): boolean;
  isPullOnly(): boolean;
}

interface Injected {
  lag: { read: number; list: number };
  refusals: number;
  until: Date | undefined;
  altered: Set<string>;
  moved: Map<string, string>;
  hidden: Set<string>;
  losing: boolean;
  pullOnly: boolean;
}

/** Starts without any fault. */
export function ociFaults(): ActiveOciFaults {
  const now = none();
  const minutes = (count = 0) => count * 60_000;
  return {
    faults: {
      lag: ({ read, list }) => void Object.assign(now, { lag: { read: minutes(read), list: minutes(list) } }),
      unavailable: (requests = Number.POSITIVE_INFINITY) => void Object.assign(now, { refusals: requests }),
      limitedUntil: (instant) => void Object.assign(now, { until: instant }),
      otherBytes: (image) => void now.altered.add(named(image)),
      movedTag: (image, to) => void now.moved.set(named(image), to),
      withdrawn: (image) => void now.hidden.add(named(image)),
      loseResponse: () => void Object.assign(now, { losing: true }),
      pullOnly: () => void Object.assign(now, { pullOnly: true }),
      clear: () => void Object.assign(now, none()),
    },
    lagMs: () => now.lag,
    refusesRead() {
      if (now.refusals <= 0) return false;
      now.refusals -= 1;
      return true;
    },
    limit: () => now.until,
    alters: (image) => now.altered.has(image),
    movedTo: (image) => now.moved.get(image),
    hides: (image) => now.hidden.has(image),
    losesResponse() {
      const { losing } = now;
      now.losing = false;
      return losing;
    },
    isPullOnly: () => now.pullOnly,
  };
}

function none(): Injected {
  const sets = { altered: new Set<string>(), moved: new Map<string, string>(), hidden: new Set<string>() };
  return { ...sets, lag: { read: 0, list: 0 }, refusals: 0, until: undefined, losing: false, pullOnly: false };
}

function named(image: string): string {
  if (!/^[^:@]+(?::[^:@]+|@sha256:[0-9a-f]{64})$/.test(image))
    throw new Error(`expected name:tag or name@digest, found "${image}".`);
  return image;
}
