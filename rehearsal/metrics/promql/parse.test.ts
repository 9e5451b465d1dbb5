import { describe, expect, it } from "vitest";
import { parseQuery } from "./parse.ts";

describe("a query", () => {
  it("is grouped by precedence, to the left", () => {
    expect(parseQuery("1 - 2 - 3 * 4")).toEqual(parseQuery("(1 - 2) - (3 * 4)"));
    expect(parseQuery("a or b / c or d")).toMatchObject({
      operator: "or",
      left: { operator: "or", right: { operator: "/" } },
    });
  });

  it.each([
    ["sum by (code, le) (a)", "sum(a) by (code, le)"],
    ["sum by () (a)", "sum(a)"],
    ["rate(a[90s])", "rate ( a [1m30s] ) # per second"],
    ["vector(.5)", "vector(5e-1)"],
    ["vector(16)", "vector(0x10)"],
  ])("%s means the same as %s", (one, other) => {
    expect(JSON.stringify(parseQuery(one))).toBe(JSON.stringify(parseQuery(other)));
  });

  it.each([
    [String.raw`{a="x\"y\\\n"}`, 'x"y\\\n'],
    [String.raw`{a='it\'s'}`, "it's"],
    [String.raw`{a=${"`"}raw\n${"`"}}`, String.raw`raw\n`],
  ])("reads the string in %s", (query, value) => {
    expect(parseQuery(query)).toMatchObject({ matchers: [{ value }] });
  });

  it("may use words of the language as names", () => {
    expect(parseQuery("sum")).toMatchObject({ kind: "selector", matchers: [{ value: "sum" }] });
    expect(parseQuery('up{by="or"}')).toMatchObject({ matchers: [{ value: "up" }, { label: "by", value: "or" }] });
  });
});

describe("what the subset does not know", () => {
  it.each([
    ["avg_over_time(a[1m])", '1:1: parse error: the rehearsal does not support the function "avg_over_time"'],
    ["histogram_quantile(0.99, a)", 'the function "histogram_quantile"'],
    ["avg(a)", 'the function "avg"'],
    ["a offset 5m", '1:3: parse error: the rehearsal does not support the syntax "offset"'],
    ["a @ 5", 'the syntax "@"'],
    ["a and b", 'the syntax "and"'],
    ["a > 1", 'the syntax ">"'],
    ["1 % 2", 'the syntax "%"'],
    ["a * on(b) c", 'the function "on"'],
    ["sum without (x) (a)", 'the syntax "without"'],
    ["rate(a[5m:1m])", 'unexpected ":1m", expected "]"'],
    ["-a", "expected a number"],
    ['"text"', 'the syntax "text"'],
  ])("is named: %s", (query, message) => {
    expect(() => parseQuery(query)).toThrow(message);
  });

  it.each([
    ["", "no expression found in input"],
    ["sum(", "unexpected end of input"],
    ["a b", 'the syntax "b"'],
    ["a{", "expected a name"],
    ["a{b}", "label matching operator"],
    ['a{b="c"', 'expected ","'],
    ["{}", "at least one non-empty matcher"],
    ['{a=~".*"}', "at least one non-empty matcher"],
    ['a{b=~"("}', "error parsing regexp"],
    ["a[0s]", "duration must be greater than 0"],
    ["a[5]", "expected a duration"],
    ["a ~ b", 'unexpected character: "~"'],
    ["rate(a)", 'expected type range vector in call to function "rate", got instant vector'],
    ["vector(a)", 'expected type scalar in call to function "vector", got instant vector'],
    ["sum(a[1m])", "expected type instant vector in aggregation expression, got range vector"],
    ["a[1m] / 2", "binary expression must contain only scalar and instant vector types"],
    ["a or 0", 'set operator "or" not allowed in binary scalar expression'],
  ])("is refused as Prometheus refuses it: %s", (query, message) => {
    expect(() => parseQuery(query)).toThrow(message);
  });
});
