import { type Labels, signature, withoutName } from "../series.ts";
import type { BinaryOperator } from "./syntax.ts";
import { ExecutionError, type Point, unique, type Value } from "./value.ts";

const ARITHMETIC = {
  "+": (a: number, b: number) => a + b,
  "-": (a: number, b: number) => a - b,
  "*": (a: number, b: number) => a * b,
  "/": (a: number, b: number) => a / b,
} as const;

/** Combines two values; vectors are matched one to one on all labels but the name. */
export function combine(operator: BinaryOperator, left: Value, right: Value): Value {
  if (left.type === "matrix" || right.type === "matrix") throw new ExecutionError("expected no range vector");
  if (operator === "or") return { type: "vector", points: either(pointsOf(left), pointsOf(right)) };
  const apply = ARITHMETIC[operator];
  if (left.type === "scalar" && right.type === "scalar")
    return { type: "scalar", value: apply(left.value, right.value) };
  if (left.type === "scalar") return mapped(pointsOf(right), (value) => apply(left.value, value));
  if (right.type === "scalar") return mapped(left.points, (value) => apply(value, right.value));
  return { type: "vector", points: matched(left.points, right.points, apply) };
}

function pointsOf(value: Exclude<Value, { type: "matrix" }>): Point[] {
  return value.type === "vector" ? value.points : [{ labels: {}, value: value.value }];
}

function either(left: Point[], right: Point[]): Point[] {
  const known = new Set(left.map(({ labels }) => matchKey(labels)));
  return [...left, ...right.filter(({ labels }) => !known.has(matchKey(labels)))];
}

function mapped(points: Point[], apply: (value: number) => number): Value {
  return {
    type: "vector",
    points: unique(points.map(({ labels, value }) => ({ labels: withoutName(labels), value: apply(value) }))),
  };
}

function matched(left: Point[], right: Point[], apply: (a: number, b: number) => number): Point[] {
  const partners = new Map<string, number>();
  for (const { labels, value } of right) {
    const key = matchKey(labels);
    if (partners.has(key))
      throw new ExecutionError(
        `found duplicate series for the match group ${key} on the right hand-side of the operation`,
      );
    partners.set(key, value);
  }
  const points = left.flatMap(({ labels, value }) => {
    const partner = partners.get(matchKey(labels));
    return partner === undefined ? [] : [{ labels: withoutName(labels), value: apply(value, partner) }];
  });
  return unique(points);
}

const matchKey = (labels: Labels) => signature(withoutName(labels));
