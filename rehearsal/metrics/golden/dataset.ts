import type { Labels, Sample, SeriesStore } from "../series.ts";

/** 2026-01-01T00:00:00Z, in milliseconds. */
export const START = 1_767_225_600_000;
const STEP = 15_000;
const COUNT = 80;

/** Twenty minutes of two instances: a restart, a gap, a late series, odd values. What both servers are asked about. */
export function goldenSeries(): { labels: Labels; samples: Sample[] }[] {
  const counter = (labels: Labels, value: (index: number) => number | undefined) => ({
    labels,
    samples: Array.from({ length: COUNT }, (_, index) => ({ at: START + index * STEP, value: value(index) })).filter(
      (sample): sample is { at: number; value: number } => sample.value !== undefined,
    ),
  });
  const requests = (instance: string, code: string) => ({ __name__: "requests_total", job: "gauge", instance, code });
  return [
    counter(requests("a:1", "200"), (index) => index * 15),
    counter(requests("a:1", "500"), (index) => Math.floor(index / 7)),
    counter(requests("b:2", "200"), (index) => (index < 40 ? 100 + index * 9 : (index - 40) * 9)),
    counter(requests("b:2", "500"), (index) => (index > 50 ? 350 + index : undefined)),
    counter({ __name__: "slow_total", job: "gauge", instance: "a:1", le: "0.25" }, (index) =>
      index % 20 < 8 ? index : undefined,
    ),
    counter({ __name__: "up", job: "gauge", instance: "a:1" }, () => 1),
    counter({ __name__: "up", job: "gauge", instance: "b:2" }, (index) => (index < 30 ? 0 : 1)),
    counter({ __name__: "tiny", job: "gauge" }, () => 1.5e-9),
    counter({ __name__: "huge", job: "gauge" }, () => 3e21),
    counter({ __name__: "ended", job: "gauge" }, (index) => (index < 10 ? index : undefined)),
  ];
}

/** Puts the same samples into our store. */
export function fillStore(store: SeriesStore) {
  for (const { labels, samples } of goldenSeries()) for (const sample of samples) store.append(labels, sample);
}
