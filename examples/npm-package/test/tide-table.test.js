import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseTurningPoint, tideTable } from "../src/tide-table.js";

const points = (...texts) => texts.map(parseTurningPoint);

describe("a turning point", () => {
  it("is a time and a height", () => {
    assert.deepEqual(parseTurningPoint("06:12=0.8"), { minute: 372, metres: 0.8 });
  });

  it("may lie below chart datum", () => {
    assert.equal(parseTurningPoint("23:59=-0.3").metres, -0.3);
  });

  for (const text of ["", "6=1", "24:00=1", "10:60=1", "10:00=deep"]) {
    it(`is not "${text}"`, () => {
      assert.throws(() => parseTurningPoint(text), RangeError);
    });
  }
});

describe("a tide table", () => {
  it("starts and ends at its turning points", () => {
    const rows = tideTable(points("06:00=1", "12:00=5"), 360);
    assert.deepEqual(rows, [
      { time: "06:00", metres: 1 },
      { time: "12:00", metres: 5 },
    ]);
  });

  it("rises slowly, then quickly, then slowly again", () => {
    const heights = tideTable(points("06:00=0", "12:00=12")).map(({ metres }) => metres);
    assert.deepEqual(heights, [0, 0.8, 3, 6, 9, 11.2, 12]);
  });

  it("goes on after high water", () => {
    const rows = tideTable(points("00:00=0", "06:00=4", "12:00=0"), 180);
    assert.deepEqual(
      rows.map(({ metres }) => metres),
      [0, 2, 4, 2, 0],
    );
  });

  it("follows the tide across midnight", () => {
    const rows = tideTable(points("21:00=5", "03:00=1"), 180);
    assert.deepEqual(rows, [
      { time: "21:00", metres: 5 },
      { time: "00:00", metres: 3 },
      { time: "03:00", metres: 1 },
    ]);
  });

  it("needs two turning points and a positive step", () => {
    assert.throws(() => tideTable(points("06:00=1")), RangeError);
    assert.throws(() => tideTable(points("06:00=1", "12:00=5"), 0), RangeError);
  });
});
