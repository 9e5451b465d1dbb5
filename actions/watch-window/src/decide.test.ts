import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Baseline } from "./baseline.ts";
import { type JudgedLook, judgeLook } from "./decide.ts";
import type { Look, Reading } from "./look.ts";

const NOON = Date.parse("2026-01-01T12:00:00Z");
const none: Reading = { kind: "none", because: "the backend has no data" };
const blind: Reading = { kind: "blind", because: "no connection" };
/** 1 % errors, p99 of 200 ms. */
const baseline: Baseline = { samples: 60, requests: 60_000, errors: 600, p99: 0.2 };
const spotless: Baseline = { ...baseline, errors: 0, p99: 0 };

type Told = Reading | "failing" | "idle";

/** Looks of one minute; each with 1000 requests, 10 errors and 200 ms unless told otherwise. */
function looks(...told: (Told | undefined)[]): Look[] {
  return told.map((tale, index) => ({
    number: index + 1,
    from: new Date(NOON + index * 60_000),
    to: new Date(NOON + (index + 1) * 60_000),
    reading: typeof tale === "object" ? tale : counts(tale === "idle" ? { requests: 0, errors: 0 } : {}),
    health: tale === "failing" ? "failing" : "healthy",
  }));
}

function counts(overrides: Partial<Extract<Reading, { kind: "counts" }>> = {}): Reading {
  return { kind: "counts", requests: 1000, errors: 10, p99: 0.2, ...overrides };
}

const codes = ({ breaches }: JudgedLook) => breaches.map(({ grade, code }) => `${grade} ${code}`).join();
const judge = (told: (Told | undefined)[], against = baseline) => judgeLook(against, looks(...told));

describe("WAT-04 WAT-05: the error rate of a look", () => {
  it.each([
    ["exactly 2.0 × baseline is hard", 20_000, "hard watch.hard-error-rate"],
    ["1.99 × is soft", 19_900, "soft watch.soft-error-rate"],
    ["exactly 1.5 × is soft", 15_000, "soft watch.soft-error-rate"],
    ["1.49 × is ok", 14_900, ""],
    ["1.0 × is ok", 10_000, ""],
    ["0 is ok", 0, ""],
    ["everything failing is hard", 1_000_000, "hard watch.hard-error-rate"],
  ])("%s", (_rule, errors, expected) => {
    expect(codes(judge([counts({ requests: 1_000_000, errors })]))).toBe(expected);
  });

  it("is exact at the boundaries whatever the baseline", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 20_000, max: 90_000 }), (errors, requests) => {
        const against = { ...baseline, errors, requests };
        expect(judge([counts({ requests, errors: 2 * errors })], against).grade).toBe("hard");
        expect(judge([counts({ requests: 2 * requests, errors: 3 * errors })], against).grade).toBe("soft");
        expect(judge([counts({ requests, errors })], against).grade).toBe("ok");
      }),
    );
  });

  it("names the metric, the multiple and the figures", () => {
    const [breach] = judge([counts({ errors: 25 })]).breaches;
    expect(breach?.because).toBe("expected the error rate below 1.5 × its baseline 0.01, found 2.50 × (0.025)");
  });
});

describe("WAT-04 WAT-05: the p99 latency of a look", () => {
  it.each([
    ["exactly 3.0 × baseline is hard", 0.6, "hard watch.hard-latency"],
    ["2.99 × is soft", 0.598, "soft watch.soft-latency"],
    ["2.0 × is soft", 0.4, "soft watch.soft-latency"],
    ["exactly 1.5 × is soft", 0.3, "soft watch.soft-latency"],
    ["1.49 × is ok", 0.298, ""],
    ["is not compared where there is none", undefined, ""],
  ])("%s", (_rule, p99, expected) => {
    expect(codes(judge([counts({ p99 })]))).toBe(expected);
  });
});

describe("WAT-07: over a baseline of zero", () => {
  it.each([
    ["an error rate below the floor is ok", { errors: 9, p99: 0 }, ""],
    ["an error rate at the floor is hard", { errors: 10, p99: 0 }, "hard watch.floor-breach"],
    ["an error rate above the floor is hard", { errors: 11, p99: 0 }, "hard watch.floor-breach"],
    ["a p99 below the floor is ok", { errors: 0, p99: 0.049 }, ""],
    ["a p99 at the floor is hard", { errors: 0, p99: 0.05 }, "hard watch.floor-breach"],
  ])("%s", (_rule, reading, expected) => {
    expect(codes(judge([counts(reading)], spotless))).toBe(expected);
  });
});

describe("WAT-04 WAT-05: health", () => {
  it.each([
    ["one failure is soft", ["failing"], "soft watch.soft-health"],
    ["one failure, then good, is ok again", ["failing", undefined], ""],
    ["two consecutive failures are hard", ["failing", "failing"], "hard watch.hard-health"],
    ["a failure after a good one is soft again", ["failing", undefined, "failing"], "soft watch.soft-health"],
  ] satisfies [string, (Told | undefined)[], string][])("%s", (_rule, told, expected) => {
    expect(codes(judge(told))).toBe(expected);
  });
});

describe("WAT-06 WAT-10: data", () => {
  it.each([
    ["none at minute 2 is not yet a breach", [none, none], "unknown", ""],
    ["none until minute 3 is hard", [none, none, none], "hard", "hard watch.no-data"],
    ["data at minute 3 is ok", [none, none, undefined], "ok", ""],
    ["a later gap of exactly 3 minutes is not yet a breach", [undefined, none, none, none], "unknown", ""],
    ["a later gap above 3 minutes is hard", [undefined, none, none, none, none], "hard", "hard watch.gap"],
    ["two gaps do not add up", [undefined, none, none, none, undefined, none], "unknown", ""],
    ["a blind backend at minute 2 is unknown", [blind, blind], "unknown", ""],
    ["a blind backend until minute 3 is hard", [blind, blind, blind], "hard", "hard watch.backend-unreachable"],
    ["a blind gap is the backend's", [undefined, blind, blind, blind, blind], "hard", "hard watch.backend-unreachable"],
    ["a gap that is partly blind is a gap", [undefined, blind, none, blind, blind], "hard", "hard watch.gap"],
    ["no data partly blind is no data", [blind, none, blind], "hard", "hard watch.no-data"],
  ] satisfies [string, (Told | undefined)[], string, string][])("%s", (_rule, told, grade, expected) => {
    const judged = judge(told);
    expect([judged.grade, codes(judged)]).toEqual([grade, expected]);
  });
});

describe("WAT-11: the signal of life", () => {
  it.each([
    ["no request at minute 2 is not yet a breach", ["idle", "idle"], ""],
    ["no request until minute 3 is hard", ["idle", "idle", "idle"], "hard watch.no-signal"],
    ["no request and no data until minute 3 is hard", [none, none, "idle"], "hard watch.no-signal"],
    ["a pause of 3 minutes is ok", [undefined, "idle", "idle", "idle"], ""],
    ["a longer pause is for a person", [undefined, "idle", "idle", "idle", "idle"], "soft watch.no-signal"],
  ] satisfies [string, (Told | undefined)[], string][])("%s", (_rule, told, expected) => {
    expect(codes(judge(told))).toBe(expected);
  });
});

describe("a look", () => {
  it("takes its worst grade from all rules, whichever comes first", () => {
    const [quiet, loud] = looks("failing", counts({ errors: 20 }));
    if (!quiet || !loud) throw new Error("expected two looks");
    const judged = judgeLook(baseline, [
      { ...quiet, health: "healthy" },
      { ...loud, health: "failing" },
    ]);
    expect([judged.grade, codes(judged)]).toEqual(["hard", "soft watch.soft-health,hard watch.hard-error-rate"]);
  });

  it("without data is never ok, whatever went before", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(undefined, none, blind)), (told) => {
        expect(judge([...told, none]).grade).not.toBe("ok");
      }),
    );
  });

  it("cannot be judged where there is none", () => {
    expect(() => judgeLook(baseline, [])).toThrow("expected at least one look");
  });
});
