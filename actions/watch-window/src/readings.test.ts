import { describe, expect, it } from "vitest";
import type { Sample } from "#src/ports/metrics";
import { baselineOf } from "./baseline.ts";
import { type Reading, readingOf } from "./look.ts";

const value = (number: number): Sample => ({ kind: "value", value: number });
const none: Sample = { kind: "none", because: "the backend has no data" };
const blind: Sample = { kind: "blind", because: "no connection" };

describe("a reading", () => {
  it.each([
    ["joins two numbers", value(9), value(1), "counts"],
    ["may be all errors", value(9), value(9), "counts"],
    ["may be all errors, but for the last digits of an extrapolation", value(9), value(9.000_000_1), "counts"],
    ["is no data with more errors than requests", value(9), value(9.001), "none"],
    ["is no data with errors where no request came", value(0), value(1), "none"],
    ["is no data where requests are missing", none, value(0), "none"],
    ["is no data where errors are missing", value(9), none, "none"],
    ["is blind where one of both is", value(9), blind, "blind"],
  ])("%s", (_rule, requests, errors, kind) => {
    expect(readingOf({ requests, errors, p99: undefined }).kind).toBe(kind);
  });

  it.each([
    ["a number", value(0.2), 0.2],
    ["no data", none, undefined],
    ["blindness", blind, undefined],
    ["no query", undefined, undefined],
  ])("takes its p99 from %s", (_what, p99, expected) => {
    expect(readingOf({ requests: value(9), errors: value(1), p99 })).toMatchObject({ kind: "counts", p99: expected });
  });
});

describe("WAT-03: a baseline", () => {
  const good = (p99 = 0.2): Reading => ({ kind: "counts", requests: 100, errors: 1, p99 });
  const slow: Reading = { kind: "counts", requests: 100, errors: 1, p99: undefined };
  const times = (count: number, reading: Reading) => Array.from({ length: count }, () => reading);
  const gap: Reading = { kind: "none", because: "the backend has no data" };

  it("sums ten good samples, and leaves the others out", () => {
    expect(baselineOf([gap, ...times(10, good())], true)).toEqual({
      samples: 10,
      requests: 1000,
      errors: 10,
      p99: 0.2,
    });
  });

  it("takes the median of the p99, so that one spike moves nothing", () => {
    const readings = [...times(5, good(0.1)), ...times(5, good(0.3)), good(60)];
    expect(baselineOf(readings, true)).toMatchObject({ p99: 0.3 });
    expect(baselineOf([...times(5, good(0.1)), ...times(5, good(0.3))], true)).toMatchObject({ p99: 0.2 });
  });

  it.each([
    ["nine good samples", [gap, ...times(9, good())]],
    ["nothing", []],
    ["no request at all", times(10, { kind: "counts", requests: 0, errors: 0, p99: 0.2 })],
    ["nine good samples of the p99", [...times(9, good()), slow]],
  ] satisfies [string, Reading[]][])("is none with %s", (_what, readings) => {
    expect(baselineOf(readings, true)).toMatchObject({ code: "watch.baseline-missing" });
  });

  it("needs no p99 where none is asked for", () => {
    expect(baselineOf(times(10, slow), false)).toMatchObject({ p99: undefined });
  });
});
