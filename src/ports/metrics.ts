/** One query of a metrics backend for one instant. */
export interface MetricQuestion {
  /** Base address of the backend. */
  url: string;
  query: string;
  at: Date;
}

/**
 * What a backend answered. `none` is an answer without one usable number, `refused` one that says the query is wrong, and
 * `blind` is no answer at all. None of the three is a number, and none is health.
 */
export type Sample = { kind: "value"; value: number } | { kind: "none" | "refused" | "blind"; because: string };

/** Asks a metrics backend, with bounded tries. A value is finite and not negative. */
export interface Metrics {
  ask(question: MetricQuestion): Promise<Sample>;
}
