/** Label values by label name; the metric's name is the label `__name__`. */
export type Labels = Readonly<Record<string, string>>;

/** One measurement at a time in milliseconds; `null` is a staleness marker: from here on the series is gone. */
export interface Sample {
  at: number;
  value: number | null;
}

/** All samples of one label set, oldest first. */
export interface Series {
  labels: Labels;
  samples: Sample[];
}

/** The samples of all targets. */
export interface SeriesStore {
  append(labels: Labels, sample: Sample): void;
  select(matches: (labels: Labels) => boolean): Series[];
}

/** Keeps every sample in memory: a rehearsal is short. `earlier` is what it begins with. */
export function seriesStore(earlier: Series[] = []): SeriesStore {
  const all = new Map(earlier.map((series) => [signature(series.labels), series]));
  return {
    append(labels, sample) {
      const key = signature(labels);
      const series = all.get(key) ?? { labels, samples: [] };
      series.samples.push(sample);
      all.set(key, series);
    },
    select(matches) {
      const found = [...all].filter(([, { labels }]) => matches(labels));
      // In the order of their labels, so that sums round the same way each time.
      return found.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, series]) => series);
    },
  };
}

/** Is equal exactly for equal label sets. */
export function signature(labels: Labels): string {
  return JSON.stringify(Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** The labels that an operation keeps: the result no longer is the metric of that name. */
export function withoutName({ __name__: dropped, ...labels }: Labels): Labels {
  return labels;
}
