import { createServer } from "node:http";
import type { VirtualClock } from "../clock/clock.ts";
import { listenOnLoopback } from "../clock/loopback.ts";
import { createTurns } from "../turns.ts";
import { answerApi } from "./api.ts";
import { type MetricsEvent, rounds } from "./rounds.ts";
import { scraper } from "./scrape.ts";
import { type Series, seriesStore } from "./series.ts";
import { type Traffic, type TrafficPlan, traffic } from "./traffic.ts";

/** What can go wrong with the metrics. Each stays until `clear`. */
export interface MetricsFaults {
  /** The targets vanish: their series end, and queries find nothing. */
  noData(): void;
  /** The query API closes every connection. */
  unreachable(): void;
  /** Nothing is scraped any more: queries see ever older samples, and after five minutes none. */
  staleness(): void;
  clear(): void;
}

/** A metrics server in virtual time that speaks Prometheus's query API and really scrapes its targets. */
export interface Metrics {
  url: string;
  /** Scrapes this address from now on, at once for the first time. */
  target(name: string, url: string): Promise<void>;
  /** Sends users' requests in each interval, before it is scraped. */
  traffic(plan: TrafficPlan): Traffic;
  /** Everything that was scraped so far. */
  samples(): Series[];
  faults: MetricsFaults;
  close(): Promise<void>;
}

/** `scrapeInterval` in milliseconds of virtual time, 15 s by default; `samples` are those of an earlier server. */
export interface MetricsOptions {
  clock: Pick<VirtualClock, "now" | "onAdvance">;
  scrapeInterval?: number;
  port?: number;
  samples?: Series[];
  /** Hears of every query, and of what is out of the ordinary with targets and users; `time` is virtual. */
  journal?: (line: { time: string } & MetricsEvent) => void;
}

type Fault = NonNullable<Extract<MetricsEvent, { kind: "query" }>["fault"]>;

/** Starts the server. Every interval that passes on the clock gets its own traffic, its own scrape and its own sample time. */
export async function startMetrics(options: MetricsOptions): Promise<Metrics> {
  const { clock, scrapeInterval = 15_000, port = 0, samples = [], journal = () => {} } = options;
  const store = seriesStore(samples);
  const now = () => clock.now().getTime();
  const told = (what: MetricsEvent) => journal({ time: clock.now().toISOString(), ...what });
  const { streams, scrapers, pass, scrape } = rounds(told);
  let fault: Fault | undefined;
  const scrapes = () => fault === undefined || fault === "unreachable";
  let scraped = now();
  const inTurn = createTurns();

  const stop = clock.onAdvance(({ to }) => catchUp(to.getTime()));
  const server = createServer(async (request, response) => {
    told({ kind: "query", path: request.url ?? "/", ...(fault && { fault }) });
    if (fault === "unreachable") return void request.destroy();
    await catchUp(now());
    // The bundles live in the same virtual time and compare clocks by this header.
    response.setHeader("date", clock.now().toUTCString());
    await answerApi({ store, now }, request, response);
  });
  const { url, close } = await listenOnLoopback(server, port);

  /** One after the other: a query that arrives during an advance must not scrape the same interval again. */
  function catchUp(until: number): Promise<void> {
    return inTurn(async () => {
      while (scraped + scrapeInterval <= until) {
        scraped += scrapeInterval;
        await pass(scrapeInterval);
        if (scrapes()) await scrape(scraped);
      }
    });
  }

  function setFault(next: Fault | undefined) {
    fault = next;
    if (next === "no-data") for (const each of scrapers) each.vanish(now());
  }

  return {
    url,
    async target(name, targetUrl) {
      await catchUp(now());
      const added = scraper({ name, url: targetUrl }, store);
      if (scrapes()) await added.scrape(now());
      scrapers.push(added);
    },
    traffic(plan) {
      const stream = traffic(plan);
      streams.push(stream);
      return stream;
    },
    samples: () => store.select(() => true),
    faults: faultSwitches(setFault),
    async close() {
      stop();
      for (const stream of streams) stream.stop();
      await close();
    },
  };
}

function faultSwitches(turn: (fault?: Fault) => void): MetricsFaults {
  return {
    noData: () => turn("no-data"),
    unreachable: () => turn("unreachable"),
    staleness: () => turn("staleness"),
    clear: () => turn(),
  };
}
