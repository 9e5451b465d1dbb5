import { type Labels, signature } from "../series.ts";

/** One series' value at the time of evaluation. */
export interface Point {
  labels: Labels;
  value: number;
}

/** What a query gives at one time. */
export type Value =
  | { type: "scalar"; value: number }
  | { type: "vector"; points: Point[] }
  | { type: "matrix"; series: { labels: Labels; values: readonly { at: number; value: number }[] }[] };

/** A query that is well-formed but cannot be evaluated; the API calls it `execution`. */
export class ExecutionError extends Error {
  override readonly name = "ExecutionError";
}

/** Two series that differ by their name only have no meaning once the name is gone. */
export function unique(points: Point[]): Point[] {
  if (new Set(points.map(({ labels }) => signature(labels))).size < points.length) {
    throw new ExecutionError("vector cannot contain metrics with the same labelset");
  }
  return points;
}
