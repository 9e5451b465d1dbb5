import { describe, expect, it } from "vitest";
import type { Json } from "./json.ts";
import { expandMatrix, expandStrategy, legName } from "./matrix.ts";
import { readTemplate } from "./template.ts";

describe("a matrix", () => {
  it("is the product of its lists, in their order", () => {
    expect(expandMatrix({ a: [1, 2], b: ["x", "y"] }).map(legName)).toEqual(["1, x", "1, y", "2, x", "2, y"]);
  });

  it("loses what an exclude covers in part", () => {
    expect(expandMatrix({ a: [1, 2], b: ["x", "y"], exclude: [{ a: 1 }, { a: 2, b: "y" }] })).toEqual([
      { a: 2, b: "x" },
    ]);
  });

  it("an include extends the legs it does not contradict, and else adds one", () => {
    const matrix: Json = {
      fruit: ["apple", "pear"],
      include: [{ color: "green" }, { fruit: "apple", shape: "round" }, { fruit: "banana" }],
    };
    expect(expandMatrix(matrix)).toEqual([
      { fruit: "apple", color: "green", shape: "round" },
      { fruit: "pear", color: "green" },
      { fruit: "banana" },
    ]);
  });

  it("a later include may overwrite what an earlier one added, but no original value", () => {
    expect(expandMatrix({ a: [1], include: [{ b: 1 }, { b: 2 }, { a: 2, b: 3 }] })).toEqual([
      { a: 1, b: 2 },
      { a: 2, b: 3 },
    ]);
  });

  it("of includes alone has one leg each", () => {
    expect(expandMatrix({ include: [{ gate: "unit" }, { gate: "lint" }] })).toHaveLength(2);
  });

  it("comes whole from fromJSON, with its strategy", () => {
    const strategy = readTemplate(`
fail-fast: false
max-parallel: 2
matrix: \${{ fromJSON(needs.plan.outputs.legs) }}
`);
    const needs = { plan: { outputs: { legs: '{"gate":["a","b","c"]}' } } };
    const legs = expandStrategy(strategy, { contexts: { needs } });
    expect(legs.map(({ matrix }) => matrix)).toEqual([{ gate: "a" }, { gate: "b" }, { gate: "c" }]);
    expect(legs[1]?.strategy).toEqual({ "fail-fast": false, "job-index": 1, "job-total": 3, "max-parallel": 2 });
  });

  it.each([
    ["an empty list", "matrix: { a: [] }", /does not contain any values/],
    ["a text where a list is wanted", "matrix: { a: x }", /matrix.a must be a list/],
    ["more than 256 legs", `matrix: { a: [${Array.from({ length: 257 }, (_, at) => at)}] }`, /257 legs/],
  ])("with %s is refused", (_case, yaml, message) => {
    expect(() => expandStrategy(readTemplate(yaml), { contexts: {} })).toThrow(message);
  });
});
