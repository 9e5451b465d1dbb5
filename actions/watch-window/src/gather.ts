import { milliseconds } from "#src/contract/config/fields";
import type { WatchedPolicy } from "#src/contract/config/watch";
import type { Clock } from "#src/ports/clock";
import type { HealthProbe } from "#src/ports/health-probe";
import type { Metrics } from "#src/ports/metrics";
import { type Baseline, baselineOf, type NoBaseline } from "./baseline.ts";
import { type Look, type Reading, readingOf, type Samples } from "./look.ts";

/** What a watch looks at, and through what. */
export interface WatchPorts {
  clock: Clock;
  metrics: Metrics;
  health: HealthProbe;
}

/** How many intervals fit into a stretch of time. The configuration refuses a window that is no whole multiple. */
export function looksIn(stretch: string, interval: string): number {
  return Math.floor(milliseconds(stretch) / milliseconds(interval));
}

/**
 * Reads the time before an instant, interval by interval, newest first. A query that is refused and a backend that does
 * not answer end it at once: neither will be better a query later.
 */
export async function gatherBaseline(
  policy: WatchedPolicy,
  until: Date,
  { metrics }: Pick<WatchPorts, "metrics">,
): Promise<Baseline | NoBaseline> {
  const interval = milliseconds(policy.interval);
  const readings: Reading[] = [];
  for (let number = 0; number < looksIn(policy.baseline, policy.interval); number += 1) {
    const samples = await askAll(policy, new Date(until.getTime() - number * interval), metrics);
    const refusal = nameTrouble(samples, "refused");
    if (refusal) return { code: "watch.metric-undefined", because: refusal };
    const blindness = nameTrouble(samples, "blind");
    if (blindness) return { code: "watch.backend-unreachable", because: blindness };
    readings.push(readingOf(samples));
  }
  return baselineOf(readings, policy.prometheus.p99 !== undefined);
}

/** Waits until an interval has ended and its numbers are complete; then looks at it. */
export async function takeLook(
  policy: WatchedPolicy,
  { number, start }: { number: number; start: Date },
  { clock, metrics, health }: WatchPorts,
): Promise<Look> {
  const [interval, lag] = [milliseconds(policy.interval), milliseconds(policy.lag)];
  const from = new Date(start.getTime() + (number - 1) * interval);
  const to = new Date(from.getTime() + interval);
  const wait = to.getTime() + lag - clock.now().getTime();
  if (wait > 0) await clock.sleep(wait);
  // A probe made now says nothing about an interval that ended long ago.
  const late = -wait > interval;
  const [samples, answer] = await Promise.all([
    askAll(policy, to, metrics),
    late ? undefined : health.probe(policy.health.url, milliseconds(policy.health.timeout)),
  ]);
  const found = answer?.healthy ? "healthy" : "failing";
  return { number, from, to, reading: readingOf(samples), health: late ? "unprobed" : found };
}

async function askAll({ prometheus, interval }: WatchedPolicy, at: Date, metrics: Metrics): Promise<Samples> {
  const ask = (query: string) =>
    metrics.ask({ url: prometheus.url, query: query.replaceAll("{interval}", interval), at });
  const [requests, errors, p99] = await Promise.all([
    ask(prometheus.requests),
    ask(prometheus.errors),
    prometheus.p99 === undefined ? undefined : ask(prometheus.p99),
  ]);
  return { requests, errors, p99 };
}

function nameTrouble(samples: Samples, kind: "refused" | "blind"): string | undefined {
  for (const name of ["requests", "errors", "p99"] as const) {
    const sample = samples[name];
    if (sample && sample.kind !== "value" && sample.kind === kind) return `${name}: ${sample.because}`;
  }
  return undefined;
}
