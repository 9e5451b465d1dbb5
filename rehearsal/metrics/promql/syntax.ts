import type { Labels } from "../series.ts";

/** Tells whether the value of a label fits, by comparing it with `value`. */
export interface Matcher {
  label: string;
  value: string;
  fits(value: string): boolean;
}

/** A query as the rehearsal's subset of PromQL understands it; times in milliseconds. */
export type Expression =
  | { kind: "number"; value: number }
  | { kind: "selector"; matchers: Matcher[]; range?: number }
  | { kind: "call"; name: "increase" | "rate" | "vector"; argument: Expression }
  | { kind: "sum"; by: string[]; argument: Expression }
  | { kind: "binary"; operator: BinaryOperator; left: Expression; right: Expression };

export type BinaryOperator = "+" | "-" | "*" | "/" | "or";

/** What an expression evaluates to, in Prometheus's own words. */
export type ValueType = "scalar" | "instant vector" | "range vector";

/** A query that the subset cannot answer; the API calls it `bad_data`. */
export class BadQuery extends Error {
  override readonly name = "BadQuery";
}

/** Says whether all matchers fit; an absent label is an empty one. */
export function fitsAll(matchers: readonly Matcher[], labels: Labels): boolean {
  return matchers.every((matcher) => matcher.fits(labels[matcher.label] ?? ""));
}

/** Determines the type, and refuses what Prometheus refuses before it evaluates. */
export function typeOf(expression: Expression): ValueType {
  switch (expression.kind) {
    case "number":
      return "scalar";
    case "selector":
      return expression.range === undefined ? "instant vector" : "range vector";
    case "call":
      expectType(
        expression.argument,
        expression.name === "vector" ? "scalar" : "range vector",
        `call to function "${expression.name}"`,
      );
      return "instant vector";
    case "sum":
      expectType(expression.argument, "instant vector", "aggregation expression");
      return "instant vector";
    case "binary":
      return binaryType(expression);
  }
}

function expectType(argument: Expression, expected: ValueType, place: string) {
  const found = typeOf(argument);
  if (found !== expected) throw new BadQuery(`parse error: expected type ${expected} in ${place}, got ${found}`);
}

function binaryType({ operator, left, right }: Extract<Expression, { kind: "binary" }>): ValueType {
  const types = [typeOf(left), typeOf(right)];
  if (types.includes("range vector")) {
    throw new BadQuery("parse error: binary expression must contain only scalar and instant vector types");
  }
  if (operator === "or" && types.includes("scalar")) {
    throw new BadQuery('parse error: set operator "or" not allowed in binary scalar expression');
  }
  return types.includes("instant vector") ? "instant vector" : "scalar";
}
