import { parseDuration } from "./durations.ts";
import { selectorMatchers } from "./matchers.ts";
import { BadQuery, type BinaryOperator, type Expression, typeOf } from "./syntax.ts";
import { type TokenReader, tokenReader } from "./token-reader.ts";
import { tokens } from "./tokens.ts";

/** Binary operators by rising precedence; all of them group to the left. */
const LEVELS: readonly (readonly BinaryOperator[])[] = [["or"], ["+", "-"], ["*", "/"]];
const FUNCTIONS = ["increase", "rate", "vector"] as const;

/**
 * Parses the rehearsal's subset of PromQL: selectors, `increase`, `rate`, `sum`, `sum by`, `or`, `vector`, arithmetic,
 * parentheses and numbers. Throws `BadQuery`, naming the place and the word, for anything else.
 */
export function parseQuery(query: string): Expression {
  const reader = tokenReader(tokens(query));
  if (reader.peek().kind === "end") throw new BadQuery("unknown position: parse error: no expression found in input");
  const expression = binary(reader, 0);
  if (reader.peek().kind !== "end") throw reader.unsupported();
  typeOf(expression);
  return expression;
}

function binary(reader: TokenReader, level: number): Expression {
  const operators = LEVELS[level];
  if (!operators) return primary(reader);
  let left = binary(reader, level + 1);
  for (;;) {
    const operator = operators.find((each) => reader.accept(each));
    if (!operator) return left;
    left = { kind: "binary", operator, left, right: binary(reader, level + 1) };
  }
}

function primary(reader: TokenReader): Expression {
  if (reader.accept("(")) {
    const inner = binary(reader, 0);
    reader.expect(")");
    return inner;
  }
  if (reader.accept("-")) return { kind: "number", value: -number(reader) };
  if (reader.accept("+") || reader.peek().kind === "number") return { kind: "number", value: number(reader) };
  if (reader.peek().kind === "name") return named(reader);
  if (reader.peek().text === "{") return selector(reader);
  throw reader.unsupported();
}

function named(reader: TokenReader): Expression {
  const next = reader.peek(1).text;
  if (reader.peek().text === "sum" && ["(", "by"].includes(next)) return sum(reader);
  if (next !== "(") return selector(reader);
  const name = FUNCTIONS.find((each) => each === reader.peek().text);
  if (!name) throw reader.unsupported("function");
  reader.next();
  reader.expect("(");
  const argument = binary(reader, 0);
  reader.expect(")");
  return { kind: "call", name, argument };
}

function sum(reader: TokenReader): Expression {
  reader.next();
  const before = labelList(reader);
  reader.expect("(");
  const argument = binary(reader, 0);
  reader.expect(")");
  return { kind: "sum", by: before ?? labelList(reader) ?? [], argument };
}

function labelList(reader: TokenReader): string[] | undefined {
  if (!reader.accept("by")) return undefined;
  const labels: string[] = [];
  reader.expect("(");
  while (!reader.accept(")")) {
    labels.push(reader.expectKind("name").text);
    if (reader.peek().text !== ")") reader.expect(",");
  }
  return labels;
}

function selector(reader: TokenReader): Expression {
  const matchers = selectorMatchers(reader);
  if (!reader.accept("[")) return { kind: "selector", matchers };
  const range = parseDuration(reader.expectKind("duration").text);
  if (!range) throw new BadQuery("parse error: duration must be greater than 0");
  reader.expect("]");
  return { kind: "selector", matchers, range };
}

function number(reader: TokenReader): number {
  const { text } = reader.expectKind("number");
  if (/^inf$/i.test(text)) return Number.POSITIVE_INFINITY;
  return Number(text);
}
