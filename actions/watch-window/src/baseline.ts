import type { Code } from "#src/domain/catalogue";
import type { Reading } from "./look.ts";

/** What the release is compared with: sums over the time before the deployment, and the median of its p99 in seconds. */
export interface Baseline {
  samples: number;
  requests: number;
  errors: number;
  p99: number | undefined;
}

/** Why there is no baseline. */
export interface NoBaseline {
  code: Code;
  because: string;
}

/** Fewest good samples that make a baseline. */
const fewestSamples = 10;

/** Sums readings up to a baseline. Too few of them, no request at all, or a p99 that is asked for and not there, make none. */
export function baselineOf(readings: Reading[], wantsLatency: boolean): Baseline | NoBaseline {
  const counts = readings.filter((reading) => reading.kind === "counts");
  const latencies = counts.flatMap(({ p99 }) => p99 ?? []);
  const requests = sum(counts.map((reading) => reading.requests));
  const missing = (because: string): NoBaseline => ({ code: "watch.baseline-missing", because });
  if (counts.length < fewestSamples) {
    const reason = readings.find((reading) => reading.kind !== "counts")?.because;
    const because = `expected at least ${fewestSamples} good samples, found ${counts.length} of ${readings.length}`;
    return missing(reason ? `${because} (${reason})` : because);
  }
  if (requests === 0) return missing("expected requests before the deployment, found none");
  if (wantsLatency && latencies.length < fewestSamples) {
    return missing(`expected at least ${fewestSamples} good samples of the p99, found ${latencies.length}`);
  }
  const errors = sum(counts.map((reading) => reading.errors));
  return { samples: counts.length, requests, errors, p99: wantsLatency ? median(latencies) : undefined };
}

/** Tells a baseline from the lack of one. */
export function isBaseline(found: Baseline | NoBaseline): found is Baseline {
  return "samples" in found;
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return ((low ?? Number.NaN) + (high ?? Number.NaN)) / 2;
}
