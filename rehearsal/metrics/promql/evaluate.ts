import { type SeriesStore, signature, withoutName } from "../series.ts";
import { combine } from "./binary.ts";
import { extrapolatedIncrease, windowOf } from "./extrapolate.ts";
import { type Expression, fitsAll } from "./syntax.ts";
import { ExecutionError, type Point, unique, type Value } from "./value.ts";

/** How long a sample stands for the present when no newer one came. */
const LOOKBACK_MS = 5 * 60_000;

/** Evaluates a parsed query at one time, in milliseconds. */
export function evaluate(expression: Expression, at: number, store: SeriesStore): Value {
  switch (expression.kind) {
    case "number":
      return { type: "scalar", value: expression.value };
    case "selector":
      return expression.range === undefined
        ? { type: "vector", points: latest(expression, at, store) }
        : { type: "matrix", series: windows({ ...expression, range: expression.range }, at, store) };
    case "call":
      return call(expression, at, store);
    case "sum":
      return { type: "vector", points: sumBy(expression.by, vectorOf(evaluate(expression.argument, at, store))) };
    case "binary":
      return combine(expression.operator, evaluate(expression.left, at, store), evaluate(expression.right, at, store));
  }
}

type Selector = Extract<Expression, { kind: "selector" }>;

function latest({ matchers }: Selector, at: number, store: SeriesStore): Point[] {
  return store
    .select((labels) => fitsAll(matchers, labels))
    .flatMap(({ labels, samples }) => {
      const last = samples.findLast((sample) => sample.at <= at);
      return last && last.value !== null && last.at > at - LOOKBACK_MS ? [{ labels, value: last.value }] : [];
    });
}

function windows({ matchers, range }: Selector & { range: number }, at: number, store: SeriesStore) {
  const found = store.select((labels) => fitsAll(matchers, labels));
  return found
    .map(({ labels, samples }) => ({ labels, values: windowOf(samples, at, range).samples }))
    .filter(({ values }) => values.length > 0);
}

function call(expression: Extract<Expression, { kind: "call" }>, at: number, store: SeriesStore): Value {
  const { name, argument } = expression;
  if (name === "vector") {
    const inner = evaluate(argument, at, store);
    return { type: "vector", points: inner.type === "scalar" ? [{ labels: {}, value: inner.value }] : [] };
  }
  if (argument.kind !== "selector" || argument.range === undefined) throw new ExecutionError("expected a range vector");
  const { matchers, range } = argument;
  const per = name === "rate" ? range / 1_000 : 1;
  const points = store
    .select((labels) => fitsAll(matchers, labels))
    .flatMap(({ labels, samples }) => {
      const increase = extrapolatedIncrease(windowOf(samples, at, range), per);
      return increase === undefined ? [] : [{ labels: withoutName(labels), value: increase }];
    });
  return { type: "vector", points: unique(points) };
}

/** Labels that a series does not have are left out of its group's name, not kept as empty ones. */
function sumBy(by: readonly string[], points: readonly Point[]): Point[] {
  const groups = new Map<string, Point>();
  for (const { labels, value } of points) {
    const kept = Object.fromEntries(by.flatMap((label) => (labels[label] ? [[label, labels[label]] as const] : [])));
    const key = signature(kept);
    groups.set(key, { labels: kept, value: (groups.get(key)?.value ?? 0) + value });
  }
  return [...groups.values()];
}

function vectorOf(value: Value): Point[] {
  if (value.type !== "vector") throw new ExecutionError(`expected an instant vector, found a ${value.type}`);
  return value.points;
}
