import type { Sample } from "#src/ports/metrics";

/** What the backend said about one interval. `none` and `blind` both mean: no data. */
export type Reading =
  | { kind: "counts"; requests: number; errors: number; p99: number | undefined }
  | { kind: "none" | "blind"; because: string };

/** One closed interval of the watch. */
export interface Look {
  /** From 1. */
  number: number;
  from: Date;
  to: Date;
  reading: Reading;
  /** `unprobed` where the interval had long ended when it was looked at. */
  health: "healthy" | "failing" | "unprobed";
}

/** A look whose backend had data. */
export type CountedLook = Look & { reading: Extract<Reading, { kind: "counts" }> };

/** What the backend answered for one interval; `p99` is undefined where the policy names no such query. */
export interface Samples {
  requests: Sample;
  errors: Sample;
  p99: Sample | undefined;
}

/** Backends extrapolate counts: two sums of the same requests may differ in their last digits. */
const extrapolation = 1 + 1e-6;

/** Joins samples to a reading. A sample that is no number, and more errors than requests, are no data and never compared. */
export function readingOf({ requests, errors, p99 }: Samples): Reading {
  const counts = [requests, errors];
  const blind = counts.find(({ kind }) => kind === "blind");
  if (blind?.kind === "blind") return { kind: "blind", because: blind.because };
  if (requests.kind !== "value") return { kind: "none", because: `requests: ${requests.because}` };
  if (errors.kind !== "value") return { kind: "none", because: `errors: ${errors.because}` };
  if (errors.value > requests.value * extrapolation) {
    return {
      kind: "none",
      because: `expected at most as many errors as requests, found ${errors.value} of ${requests.value}`,
    };
  }
  const latency = p99?.kind === "value" ? p99.value : undefined;
  return { kind: "counts", requests: requests.value, errors: errors.value, p99: latency };
}

/** Tells whether a look has data. */
export function isCounted(look: Look): look is CountedLook {
  return look.reading.kind === "counts";
}

/** Minutes from the deployment (the start of the first look) to the end of a look. */
export function minutesAt(looks: Look[], look: Look | undefined): number {
  const start = looks[0]?.from.getTime() ?? 0;
  return look ? (look.to.getTime() - start) / 60_000 : 0;
}
