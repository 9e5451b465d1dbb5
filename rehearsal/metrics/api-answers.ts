import { BadQuery } from "./promql/syntax.ts";
import { ExecutionError, type Point, type Value } from "./promql/value.ts";
import { type Labels, signature } from "./series.ts";

/** An HTTP answer of the query API. */
export interface ApiAnswer {
  code: number;
  body: unknown;
}

/** Wraps an instant query's value as Prometheus does: times in seconds, values as strings. */
export function instantAnswer(value: Value, at: number): ApiAnswer {
  switch (value.type) {
    case "scalar":
      return success("scalar", pair(at, value.value));
    case "vector":
      return success(
        "vector",
        sorted(value.points).map(({ labels, value: each }) => ({ metric: metric(labels), value: pair(at, each) })),
      );
    case "matrix":
      return success(
        "matrix",
        sorted(value.series).map(({ labels, values }) => ({
          metric: metric(labels),
          values: values.map((each) => pair(each.at, each.value)),
        })),
      );
  }
}

/** Collects the values of a range query's steps into one series for each label set. */
export function rangeAnswer(steps: readonly { at: number; points: readonly Point[] }[]): ApiAnswer {
  const series = new Map<string, { labels: Labels; values: [number, string][] }>();
  for (const { at, points } of steps) {
    for (const { labels, value } of points) {
      const one = series.get(signature(labels)) ?? { labels, values: [] };
      one.values.push(pair(at, value));
      series.set(signature(labels), one);
    }
  }
  return success(
    "matrix",
    sorted([...series.values()]).map(({ labels, values }) => ({ metric: metric(labels), values })),
  );
}

/** Tells what went wrong, in Prometheus's own classes. */
export function failureAnswer(cause: unknown): ApiAnswer {
  const error = cause instanceof Error ? cause.message : String(cause);
  if (cause instanceof BadQuery) return { code: 400, body: { status: "error", errorType: "bad_data", error } };
  if (cause instanceof ExecutionError) return { code: 422, body: { status: "error", errorType: "execution", error } };
  return { code: 500, body: { status: "error", errorType: "internal", error } };
}

/** Writes a number as Prometheus does: the shortest form, with an exponent of two digits below 1e-6 and from 1e21. */
function decimal(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "+Inf" : "-Inf";
  if (Object.is(value, -0)) return "-0";
  return String(value).replace(/e([+-])(\d)$/, "e$10$2");
}

function success(resultType: string, result: unknown): ApiAnswer {
  return { code: 200, body: { status: "success", data: { resultType, result } } };
}

function pair(at: number, value: number): [number, string] {
  return [at / 1_000, decimal(value)];
}

function metric(labels: Labels): Labels {
  return Object.fromEntries(Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function sorted<Item extends { labels: Labels }>(items: readonly Item[]): Item[] {
  return items.toSorted((a, b) => (signature(a.labels) < signature(b.labels) ? -1 : 1));
}
