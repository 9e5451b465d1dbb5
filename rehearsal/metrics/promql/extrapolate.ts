import type { Sample } from "../series.ts";

/** The samples in `(start, end]`, without staleness markers; times in milliseconds. */
export interface Window {
  start: number;
  end: number;
  samples: readonly { at: number; value: number }[];
}

/** Cuts the window that ends at `end` out of a series. The left end is open, as in Prometheus 3. */
export function windowOf(samples: readonly Sample[], end: number, range: number): Window {
  const start = end - range;
  const inside = samples.flatMap(({ at, value }) => (value !== null && at > start && at <= end ? [{ at, value }] : []));
  return { start, end, samples: inside };
}

/**
 * The growth of a counter over the whole window, resets included, estimated to both ends of the window as Prometheus
 * 3 does (`extrapolatedRate` in promql/functions.go), divided by `per`; `undefined` with fewer than two samples.
 */
export function extrapolatedIncrease({ start, end, samples }: Window, per = 1): number | undefined {
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first || !last || samples.length < 2) return undefined;
  const growth = samples.reduce(
    (sum, { value }, index) =>
      sum + (value < (samples[index - 1]?.value ?? value) ? (samples[index - 1]?.value ?? 0) : 0),
    last.value - first.value,
  );
  const sampled = (last.at - first.at) / 1_000;
  const average = sampled / (samples.length - 1);
  const reach = (gap: number) => (gap >= average * 1.1 ? average / 2 : gap);
  const toStart = reach((first.at - start) / 1_000);
  // A counter cannot have been below zero: it is not extended to before the time when it must have been zero.
  const toZero = growth > 0 && first.value >= 0 ? sampled * (first.value / growth) : toStart;
  const extended = sampled + Math.min(toStart, toZero) + reach((end - last.at) / 1_000);
  return growth * (extended / sampled / per);
}
