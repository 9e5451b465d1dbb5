import { describe, expect, it } from "vitest";
import { conclude } from "#src/domain/verdict";
import type { Baseline } from "./baseline.ts";
import { concludeWatch, type EndedWatch } from "./conclude-watch.ts";
import type { Breach, JudgedLook } from "./decide.ts";
import type { Look, Reading } from "./look.ts";

const NOON = Date.parse("2026-01-01T12:00:00Z");
const baseline: Baseline = { samples: 20, requests: 2000, errors: 20, p99: 0.2 };
const fine: Reading = { kind: "counts", requests: 100, errors: 1, p99: 0.2 };
const breach = (overrides: Partial<Breach> = {}): Breach => ({
  metric: "health",
  grade: "soft",
  code: "watch.soft-health",
  because: "the health probe failed",
  ...overrides,
});

function aLook(number: number, overrides: Partial<Look> = {}, breaches: Breach[] = []): JudgedLook {
  const from = new Date(NOON + (number - 1) * 60_000);
  const to = new Date(NOON + number * 60_000);
  return {
    look: { number, from, to, reading: fine, health: "healthy", ...overrides },
    grade: breaches[0]?.grade ?? "ok",
    breaches,
  };
}

function aWatch(changes: (number: number) => JudgedLook | undefined = () => undefined, length = 10): EndedWatch {
  const judged = Array.from({ length }, (_, index) => changes(index + 1) ?? aLook(index + 1));
  return { judged, expected: 10, wantsLatency: true, baseline };
}
const when = (numbers: number[], overrides: Partial<Look>, breaches: Breach[] = []) =>
  aWatch((number) => (numbers.includes(number) ? aLook(number, overrides, breaches) : undefined));

function verdict(watch: EndedWatch) {
  const checks = concludeWatch(watch);
  return [conclude(checks).result, ...new Set(checks.flatMap(({ code }) => code ?? []))];
}

describe("a watch", () => {
  it("passes at the end of its window without a breach", () => {
    expect(verdict(aWatch())).toEqual(["pass"]);
    expect(concludeWatch(aWatch()).map(({ id }) => id)).toEqual([
      "samples",
      "signal",
      "health",
      "error-rate",
      "latency",
    ]);
  });

  it("WAT-05: with a soft breach waits for a person, and names the minute", () => {
    const watch = when([3], { health: "failing" }, [breach()]);
    expect(verdict(watch)).toEqual(["inconclusive", "watch.soft-health"]);
    expect(concludeWatch(watch).find(({ id }) => id === "health")?.because).toBe(
      "T+3 min: the health probe failed; a person decides",
    );
  });

  it("WAT-05: with two health failures, not consecutive, counts two soft breaches", () => {
    const check = concludeWatch(when([3, 5], { health: "failing" }, [breach()])).find(({ id }) => id === "health");
    expect([check?.result, check?.because]).toEqual([
      "inconclusive",
      "T+3 min: the health probe failed (first of 2 looks with a breach); a person decides",
    ]);
  });

  it("WAT-04: with a hard breach fails, though a soft one came first", () => {
    const hard = breach({ grade: "hard", code: "watch.hard-health" });
    const watch = aWatch((number) => (number < 3 ? undefined : aLook(number, {}, [number === 3 ? breach() : hard])), 4);
    expect(verdict(watch)).toEqual(["fail", "watch.cut-short", "watch.hard-health"]);
  });

  it("that ended early says nothing about what it did not see", () => {
    expect(verdict(aWatch(undefined, 9))).toEqual(["inconclusive", "watch.cut-short"]);
    expect(verdict({ ...aWatch(), judged: [] })).toEqual(["inconclusive", "watch.cut-short"]);
  });

  const none: Reading = { kind: "none", because: "the backend has no data" };
  it.each([
    ["WAT-06: 80 % of the samples are enough", when([2, 4], { reading: none }), ["pass"]],
    ["WAT-06: fewer than 80 % are not", when([2, 4, 6], { reading: none }), ["fail", "watch.too-few-samples"]],
    [
      "a p99 in fewer than 80 % of the looks proves nothing",
      when([2, 4, 6], { reading: { kind: "counts", requests: 100, errors: 1, p99: undefined } }),
      ["inconclusive", "watch.too-few-samples"],
    ],
    [
      "a p99 is not expected where no request came",
      when([2, 4, 6], { reading: { kind: "counts", requests: 0, errors: 0, p99: undefined } }),
      ["pass"],
    ],
    ["health probes in 80 % of the looks are enough", when([1, 2], { health: "unprobed" }), ["pass"]],
    [
      "health probes in fewer than 80 % are not",
      when([1, 2, 3], { health: "unprobed" }),
      ["inconclusive", "watch.too-few-samples"],
    ],
    [
      "one unprobed look of five is too many",
      { ...aWatch((number) => (number === 1 ? aLook(1, { health: "unprobed" }) : undefined), 5), expected: 5 },
      ["inconclusive", "watch.too-few-samples"],
    ],
    [
      "no request in any look says nothing about errors",
      aWatch((number) => aLook(number, { reading: { kind: "counts", requests: 0, errors: 0, p99: undefined } })),
      ["inconclusive", "watch.too-little-traffic", "watch.too-few-samples"],
    ],
  ] satisfies [string, EndedWatch, string[]][])("%s", (_rule, watch, expected) => {
    expect(verdict(watch)).toEqual(expected);
  });

  it("does not ask for a latency that the policy does not name", () => {
    const watch = aWatch((number) =>
      aLook(number, { reading: { kind: "counts", requests: 100, errors: 0, p99: undefined } }),
    );
    expect(verdict({ ...watch, wantsLatency: false })).toEqual(["pass"]);
  });

  const because = (watch: EndedWatch, metric: string) => concludeWatch(watch).find(({ id }) => id === metric)?.because;
  it("says how many of its looks were probed for health", () => {
    expect(because(when([1, 2], { health: "unprobed" }), "health")).toBe(
      "10 of 10 looks, 8 of them probed, and no breach",
    );
    expect(because(when([1, 2, 3], { health: "unprobed" }), "health")).toBe(
      "expected at least 8 looks of 10 probed for health, found 7",
    );
  });

  const busy = (requests: number): Partial<Look> => ({ reading: { kind: "counts", requests, errors: 0, p99: 0.2 } });
  const steady = (requests: number) => aWatch((number) => aLook(number, busy(requests)));
  it.each([
    ["half of the baseline's traffic is enough", steady(50), ["pass"]],
    ["less than half of it needs a person", steady(49.9), ["inconclusive", "watch.soft-traffic"]],
    ["a quiet look is none of an average", when([3, 4], busy(0)), ["pass"]],
    [
      "one request an interval is enough where no more were usual",
      { ...steady(1), baseline: { ...baseline, requests: 40 } },
      ["pass"],
    ],
    [
      "less than one is not, whatever was usual",
      { ...steady(0.9), baseline: { ...baseline, requests: 18 } },
      ["inconclusive", "watch.too-little-traffic"],
    ],
  ] satisfies [string, EndedWatch, string[]][])("WAT-11: %s", (_rule, watch, expected) => {
    expect(verdict(watch)).toEqual(expected);
  });

  it("WAT-11: says which share of the baseline's traffic it had", () => {
    expect(because(steady(0.01), "signal")).toBe(
      "expected at least 1 request an interval on average, found 0.01 requests an interval on average, 0.01 % of the baseline's 100",
    );
    expect(because(aWatch(), "signal")).toBe(
      "10 looks with 100 requests an interval on average, 100 % of the baseline's 100",
    );
  });
});
