import { describe, expect, it } from "vitest";
import { extrapolatedIncrease, windowOf } from "./extrapolate.ts";

const MINUTE = 60_000;

describe("the increase of a counter", () => {
  it.each([
    [
      "is exact when the samples reach both ends of the window",
      [
        [15, 0],
        [30, 10],
        [45, 20],
        [60, 30],
      ],
      30,
    ],
    [
      "is extended to both ends of the window",
      [
        [10, 100],
        [25, 110],
        [40, 120],
        [55, 130],
      ],
      40,
    ],
    [
      "never extends a counter to before its zero",
      [
        [30, 2],
        [45, 10],
        [60, 18],
      ],
      18,
    ],
    [
      "is extended by half an interval over a longer gap",
      [
        [40, 100],
        [50, 110],
      ],
      25,
    ],
    [
      "counts a restart from zero",
      [
        [15, 50],
        [30, 60],
        [45, 5],
        [60, 10],
      ],
      20 * (60 / 45),
    ],
    [
      "is zero for a counter that stands still",
      [
        [15, 7],
        [30, 7],
        [45, 7],
        [60, 7],
      ],
      0,
    ],
    ["is unknown with one sample", [[30, 7]], undefined],
    ["is unknown without any", [], undefined],
  ] as const)("%s", (_rule, samples, expected) => {
    const increase = extrapolatedIncrease(
      windowOf(
        samples.map(([at, value]) => ({ at: at * 1_000, value })),
        MINUTE,
        MINUTE,
      ),
    );
    if (expected === undefined) expect(increase).toBeUndefined();
    else expect(increase).toBeCloseTo(expected, 10);
  });

  it("leaves out the sample on the open end, takes the one on the closed end, and skips staleness markers", () => {
    const samples = [0, 20_000, 40_000, 60_000].map((at) => ({ at, value: at === 40_000 ? null : at }));
    expect(windowOf(samples, MINUTE, MINUTE).samples.map(({ at }) => at)).toEqual([20_000, 60_000]);
  });
});
