import type { Scraper } from "./scrape.ts";
import type { Traffic } from "./traffic.ts";

/** What the metrics have to tell. Of targets and users, only what is out of the ordinary. */
export type MetricsEvent =
  | { kind: "query"; path: string; fault?: "no-data" | "unreachable" | "staleness" }
  /** A target that gave no metrics. */
  | { kind: "scrape"; path: string }
  /** Users' requests of one interval that the service answered with an error, or, as code 0, not at all. */
  | { kind: "users"; code: number; count: number };

/** Users and targets, each told to have their turn. */
export interface Rounds {
  streams: Traffic[];
  scrapers: Scraper[];
  /** Lets every stream of users send what falls into a stretch of time, in milliseconds. */
  pass(ms: number): Promise<void>;
  /** Scrapes every target for an instant, in milliseconds. */
  scrape(at: number): Promise<void>;
}

/** Starts without users and targets. */
export function rounds(told: (event: MetricsEvent) => void): Rounds {
  const streams: Traffic[] = [];
  const scrapers: Scraper[] = [];
  return {
    streams,
    scrapers,
    async pass(ms) {
      const passed = await Promise.all(streams.map((stream) => stream.pass(ms)));
      for (const [code, count] of passed.flatMap((codes) => [...codes]))
        if (code === 0 || code >= 500) told({ kind: "users", code, count });
    },
    async scrape(at) {
      const answered = await Promise.all(scrapers.map((each) => each.scrape(at)));
      for (const [index, { target }] of scrapers.entries())
        if (!answered[index]) told({ kind: "scrape", path: target.url });
    },
  };
}
