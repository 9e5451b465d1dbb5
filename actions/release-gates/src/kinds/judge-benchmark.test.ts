import { describe, expect, it } from "vitest";
import { compare, judgeBenchmark } from "./judge-benchmark.ts";
import { readMeasurements } from "./measurements.ts";

const policy = { runs: 3, threshold: 15, "noise-floor": 0.0001, "blocking-floors": [], removed: [] };
const floors = { "blocking-floors": [{ scenario: { bench: "get" }, floor: 0.2 }] };
const side = (scenarios: Record<string, number[]>) =>
  [0, 1, 2].map((run) =>
    Object.entries(scenarios).flatMap(([bench, values]) => {
      const value = values[run];
      return value === undefined ? [] : [{ scenario: bench, fields: { bench }, value }];
    }),
  );
const standing = (base: number[], candidate: number[], changes: object = {}, bench = "get") =>
  compare({ ...policy, ...changes }, { base: side({ [bench]: base }), candidate: side({ [bench]: candidate }) })[0]
    ?.standing;

describe("GAT-36 F24: a scenario", () => {
  it.each([
    ["has no baseline when the base is 0", [0, 0, 0], [5, 5, 5], {}, "no-baseline"],
    ["has no baseline before it is noise", [0, 0, 0], [0, 0, 0], {}, "no-baseline"],
    [
      "is noise when both medians are below the floor",
      [0.00001, 0.00001, 0.00001],
      [0.00009, 0.00009, 0.00009],
      {},
      "noise-floor",
    ],
    ["is no noise at the floor", [0.00005, 0.00005, 0.00005], [0.0001, 0.0001, 0.0001], {}, "regressed"],
    ["is fine just below the threshold", [1, 1, 1], [1.149, 1.149, 1.149], {}, "ok"],
    ["has regressed at exactly the threshold", [1, 1, 1], [1.15, 1.15, 1.15], {}, "regressed"],
    [
      "has regressed when every run is slower than every run of the base",
      [1, 1.1, 1.19],
      [1.2, 1.4, 1.5],
      {},
      "regressed",
    ],
    ["is a candidate when the ranges touch", [1, 1.1, 1.2], [1.2, 1.4, 1.5], {}, "candidate-regression"],
    ["is a candidate when the ranges overlap", [1, 1.1, 1.3], [1.2, 1.4, 1.5], {}, "candidate-regression"],
    [
      "is a candidate when the base is below its blocking floor",
      [0.1, 0.1, 0.1],
      [0.19, 0.19, 0.19],
      floors,
      "candidate-regression",
    ],
    ["has regressed when the base is at its blocking floor", [0.2, 0.2, 0.2], [0.4, 0.4, 0.4], floors, "regressed"],
    [
      "has regressed at exactly the threshold, blocking floor or not",
      [0.1, 0.1, 0.1],
      [0.115, 0.115, 0.115],
      floors,
      "regressed",
    ],
    ["is fine when it is quicker", [2, 2, 2], [1, 1, 1], {}, "ok"],
    ["is judged by the median, not by one slow run", [1, 1, 1], [1.01, 1.02, 9], {}, "ok"],
  ])("%s", (_rule, base, candidate, changes, expected) => {
    expect(standing(base, candidate, changes)).toBe(expected);
  });

  it("has the floor of its own fields only", () => {
    expect(standing([0.1, 0.1, 0.1], [0.2, 0.2, 0.2], floors, "put")).toBe("regressed");
  });
});

describe("GAT-37 GAT-38: a benchmark", () => {
  const one = [1, 1, 1];
  const slow = [2, 2, 2];
  it.each([
    ["passes when nothing regressed", { a: one }, { a: one }, {}, "pass", undefined],
    ["fails by one that regressed", { a: one, b: one }, { a: one, b: slow }, {}, "fail", "gates.perf-regressed"],
    ["passes with candidates", { a: [1, 1, 3] }, { a: slow }, {}, "pass", undefined],
    ["fails when a scenario vanished", { a: one, b: one }, { a: one }, {}, "fail", "gates.perf-scenario-vanished"],
    [
      "passes when it was removed on purpose",
      { a: one, b: one },
      { a: one },
      { removed: [{ scenario: "b", reason: "replaced by a" }] },
      "pass",
      undefined,
    ],
    ["passes with a new one", { a: one }, { a: one, b: slow }, {}, "pass", undefined],
    [
      "is inconclusive when a run lacks a scenario",
      { a: one },
      { a: [1, 1] },
      {},
      "inconclusive",
      "gates.perf-runs-missing",
    ],
    ["is inconclusive when a side measured nothing", { a: one }, {}, {}, "inconclusive", "gates.perf-runs-missing"],
    [
      "is inconclusive when nothing can be compared",
      { a: one },
      { b: one },
      { removed: [{ scenario: "a", reason: "replaced by b" }] },
      "inconclusive",
      "gates.perf-no-comparable",
    ],
    [
      "is inconclusive when all is noise or without a base",
      { a: [0, 0, 0], b: [0.00001, 0.00001, 0.00001] },
      { a: one, b: [0.00001, 0.00001, 0.00001] },
      {},
      "inconclusive",
      "gates.perf-unverified",
    ],
  ])("%s", (_rule, base, candidate, changes, result, code) => {
    const sides = { base: side(base), candidate: side(candidate) };
    const applied = { ...policy, ...changes };
    const finding = judgeBenchmark(applied, sides, compare(applied, sides));
    expect([finding.result, finding.code]).toEqual([result, code]);
  });

  it("names what is slower and what is new", () => {
    const sides = { base: side({ a: [1, 1, 3] }), candidate: side({ a: slow, b: one }) };
    expect(judgeBenchmark(policy, sides, compare(policy, sides)).because).toBe(
      "1 scenarios compared, none regressed by 15 %; slower, but not certainly: a; new: b",
    );
  });
});

describe("GAT-36: the results of a run", () => {
  const fields = { key: ["bench", "writers"], value: "ms", only: {} };
  const row = { bench: "append", writers: 2, ms: 1.5, notes: "x" };
  it.each([
    ["an array", JSON.stringify([row])],
    ["one object a line", `${JSON.stringify(row)}\n\n`],
  ])("are %s", (_what, text) => {
    expect(readMeasurements(fields, text)).toEqual([
      { scenario: "append/2", fields: { bench: "append", writers: 2 }, value: 1.5 },
    ]);
  });

  it("count only where the fields have the wanted values", () => {
    const text = JSON.stringify([row, { bench: "other" }]);
    expect(readMeasurements({ ...fields, only: { bench: ["append", "get_scan"] } }, text)).toHaveLength(1);
  });

  it.each([
    ["a log between the lines", `done in 2s\n${JSON.stringify(row)}`],
    ["another value", "[1]"],
    ["a field missing", JSON.stringify([{ bench: "append", ms: 1 }])],
    ["a text for a number", JSON.stringify([{ ...row, ms: "1.5" }])],
    ["a negative number", JSON.stringify([{ ...row, ms: -1 }])],
    ["a scenario twice", JSON.stringify([row, row])],
  ])("are refused with %s", (_what, text) => {
    expect(() => readMeasurements(fields, text)).toThrow(RangeError);
  });
});
